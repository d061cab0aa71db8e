using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Installs, lists and removes workflows, for which flowServ's own protocol has no route.</summary>
internal static class WorkflowEndpoints
{
    /// <summary>Maps the routes, for administrators only.</summary>
    public static void Map(IEndpointRouteBuilder farm)
    {
        farm.MapGet("/workflows", List).AddEndpointFilter<AdministratorOnly>();
        farm.MapPost("/workflows", Install).AddEndpointFilter<AdministratorOnly>().WithBodyLimit(new ProjectLimits().Bytes);
        farm.MapDelete("/workflows/{id}", Remove).AddEndpointFilter<AdministratorOnly>();
    }

    private static IResult List(WorkflowOverview overview) => Results.Json(
        new InstalledWorkflowsMessage([.. overview.All().Select(entry => new InstalledWorkflowMessage(
            entry.Workflow.Key, entry.Workflow.Name, entry.Workflow.Description, entry.Groups, entry.Runs))]),
        FarmJson.Default.InstalledWorkflowsMessage);

    private static async Task<IResult> Install(HttpContext context, WorkflowInstaller installer, string? id)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        return await Guarded(async () =>
        {
            var workflow = await installer.Install(context.Request.Body, id, context.RequestAborted);
            return Results.Json(
                new InstalledWorkflowMessage(workflow.Key, workflow.Name, workflow.Description, 0, 0), FarmJson.Default.InstalledWorkflowMessage,
                statusCode: StatusCodes.Status201Created);
        });
    }

    private static Task<IResult> Remove(WorkflowCatalog workflows, string id, bool? groups) => Guarded(async () =>
    {
        await workflows.Remove(id, withGroups: groups ?? false);
        return Results.NoContent();
    });

    private static async Task<IResult> Guarded(Func<Task<IResult>> action)
    {
        try
        {
            return await action();
        }
        catch (FarmException error)
        {
            return FarmModule.Refused(Status(error.Kind), error.Message);
        }
        catch (StorageFullException full)
        {
            return FarmModule.Refused(StatusCodes.Status507InsufficientStorage, full.Message);
        }
    }

    private static int Status(Domain.ErrorKind refusal) => refusal switch
    {
        Domain.ErrorKind.NotFound => StatusCodes.Status404NotFound,
        Domain.ErrorKind.Conflict => StatusCodes.Status409Conflict,
        Domain.ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Domain.ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
