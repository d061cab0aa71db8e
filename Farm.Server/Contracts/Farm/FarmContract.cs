using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>The farm's own protocol, for what no other one has. See the README beside this file.</summary>
internal static class FarmContract
{
    /// <summary>Where its paths begin.</summary>
    public const string Base = "/api/farm/v1";

    /// <summary>Maps every route.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var farm = app.MapGroup(Base);
        farm.MapPost("/backup", MakeBackup).AddEndpointFilter<AdministratorOnly>();
        WorkflowEndpoints.Map(farm);
        farm.MapFallback(() => Refused(StatusCodes.Status404NotFound, "there is no such path here"));
    }

    private static async Task<IResult> MakeBackup(Backups backups)
    {
        try
        {
            var backup = await backups.Make();
            return Results.Json(new BackupMessage(backup.File, backup.Bytes), FarmJson.Default.BackupMessage);
        }
        catch (FarmError error)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    internal static IResult Refused(int status, string reason) =>
        Results.Json(new ErrorMessage(reason), FarmJson.Default.ErrorMessage, statusCode: status);
}
