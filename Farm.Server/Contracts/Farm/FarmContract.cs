using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>The farm's own protocol, for what no other one has. See the README beside this file.</summary>
internal static class FarmContract
{
    /// <summary>Where its paths begin.</summary>
    public const string Base = "/api/farm/v1";

    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddFarmContract(this IServiceCollection services) => services
        .AddSingleton<ArtifactEndpoints>()
        .AddSingleton<TaskFileEndpoints>();

    /// <summary>Maps every route.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var farm = app.MapGroup(Base).WithMetadata(new FarmErrors());
        farm.MapPost("/backup", MakeBackup).AddEndpointFilter<AdministratorOnly>();
        WorkflowEndpoints.Map(farm);
        MapArtifacts(farm, app.ServiceProvider.GetRequiredService<ArtifactEndpoints>());
        MapTaskFiles(farm, app.ServiceProvider);
        farm.MapFallback(() => Refused(StatusCodes.Status404NotFound, "there is no such path here"));
    }

    private static void MapArtifacts(RouteGroupBuilder farm, ArtifactEndpoints artifacts)
    {
        farm.MapGet("/jobs/{job}/artifacts", FarmErrors.Around(artifacts.OfJob));
        farm.MapGet("/jobs/{job}/artifacts.tar.gz", FarmErrors.Around(artifacts.FetchAll));
        farm.MapGet("/tasks/{task}/artifacts", FarmErrors.Around(artifacts.OfTask));
        farm.MapGet("/tasks/{task}/messages", FarmErrors.Around(artifacts.Messages));
        farm.MapMethods("/artifacts/{artifact}", [HttpMethods.Get, HttpMethods.Head], FarmErrors.Around(artifacts.Fetch));
    }

    private static void MapTaskFiles(RouteGroupBuilder farm, IServiceProvider services)
    {
        var files = services.GetRequiredService<TaskFileEndpoints>();
        var worker = services.GetRequiredService<WorkerCredentials>();
        farm.MapGet("/tasks/{task}/files/{sha256}", FarmErrors.Around(worker.Around(files.Download)));
        // Files are as long as the settings allow; they go to disk while they come.
        farm.MapPut("/tasks/{task}/artifacts/{**path}", FarmErrors.Around(worker.Around(files.Upload))).WithBodyLimit(null);
        farm.MapPut("/tasks/{task}/messages", FarmErrors.Around(worker.Around(files.SetMessages))).WithBodyLimit(TaskFileEndpoints.LongestMessages);
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
