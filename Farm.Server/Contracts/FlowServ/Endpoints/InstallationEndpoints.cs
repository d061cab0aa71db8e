using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Installs, lists and deletes workflows; flowServ's own protocol has no routes for this.</summary>
internal sealed class InstallationEndpoints(WorkflowOverview overview, WorkflowInstaller installer, WorkflowCatalog catalog, ProjectLimits limits)
    : IFarmApiExtension
{
    /// <inheritdoc/>
    public void MapForAdministrators(IEndpointRouteBuilder farm)
    {
        farm.MapGet("/workflows", List);
        farm.MapPost("/workflows", InstallAsync).WithBodyLimit(limits.Bytes);
        farm.MapDelete("/workflows/{id}", RemoveAsync);
    }

    private IResult List() => Results.Json(
        new InstalledWorkflowsMessage([.. overview.All().Select(entry => Message(entry.Workflow, entry.Groups, entry.Runs))]),
        InstallationJson.Default.InstalledWorkflowsMessage);

    private async Task<IResult> InstallAsync(HttpContext context, string? id)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        return await HandleErrorsAsync(context, async () =>
        {
            var workflow = await installer.InstallAsync(context.Caller(), context.Request.Body, id, context.RequestAborted);
            return Results.Json(
                Message(workflow, groups: 0, runs: 0), InstallationJson.Default.InstalledWorkflowMessage, statusCode: StatusCodes.Status201Created);
        });
    }

    private static InstalledWorkflowMessage Message(Workflow workflow, long groups, long runs) => new(
        workflow.Key, workflow.Name, workflow.Description, groups, runs, RawParameters(workflow));

    /// <summary>A stored template that cannot be read any more must not hide the other workflows.</summary>
    private static IReadOnlyList<string> RawParameters(Workflow workflow)
    {
        try
        {
            return WorkflowCatalog.Template(workflow).Raw;
        }
        catch (FarmException)
        {
            return [];
        }
    }

    private Task<IResult> RemoveAsync(HttpContext context, string id, bool? groups) => HandleErrorsAsync(context, async () =>
    {
        await catalog.RemoveAsync(context.Caller(), id, withGroups: groups ?? false);
        return Results.NoContent();
    });

    private static async Task<IResult> HandleErrorsAsync(HttpContext context, Func<Task<IResult>> action)
    {
        try
        {
            return await action();
        }
        catch (FarmException error)
        {
            await context.WriteErrorAsync(new HttpError(Status(error.Kind), error.Message) { IsAudited = error.IsAudited });
        }
        catch (StorageFullException full)
        {
            await context.WriteErrorAsync(new HttpError(StatusCodes.Status507InsufficientStorage, full.Message));
        }

        return Results.Empty;
    }

    private static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
