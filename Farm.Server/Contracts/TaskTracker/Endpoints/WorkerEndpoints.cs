using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Registers, renames, pauses and shows workers (Contracts/TaskTracker/Contract.md section 4.1).</summary>
internal sealed class WorkerEndpoints(TrackerAuthentication authentication, TrackerWorkers workers)
{
    private const string DefaultAlias = "default_alias";

    /// <summary>The name for unassigned tasks in lists of assignees.</summary>
    private const string ReservedAlias = "unassigned";

    private const int MaxAliasLength = 200;

    /// <summary><c>POST /worker/create</c></summary>
    public async Task CreateAsync(HttpContext context)
    {
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.WorkerRequest);
        var alias = Checked(request.Alias is { Length: > 0 } given ? given : DefaultAlias);
        var (worker, secret) = await workers.CreateAsync(context.Caller(), alias, context.Connection.RemoteIpAddress?.ToString() ?? "");
        await context.RespondContentAsync(new WorkerContent(ProjectMapping.Message(worker) with { Secret = secret }), TaskJson.Default.WorkerContent);
    }

    /// <summary><c>POST /worker/update</c></summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var worker = await authentication.RequireWorkerAsync(context, StatusCodes.Status401Unauthorized);
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.WorkerRequest);
        await workers.RenameAsync(worker.Id, Checked(request.Alias ?? ""));
        await context.RespondOkAsync();
    }

    /// <summary><c>POST /worker/set_paused</c></summary>
    public async Task SetPausedAsync(HttpContext context)
    {
        authentication.RequireAdministrator(context, StatusCodes.Status403Forbidden, StatusCodes.Status403Forbidden);
        var caller = authentication.RequireCaller(context, StatusCodes.Status403Forbidden);
        var request = await TrackerBody.ReadAsync(context, TaskJson.Default.PauseRequest);
        try
        {
            await workers.SetPausedAsync(caller, request.Worker ?? 0, request.Paused ?? false);
        }
        catch (FarmException unknown) when (unknown.Kind == ErrorKind.NotFound)
        {
            throw TrackerException.Invalid("no such worker");
        }

        await context.RespondOkAsync();
    }

    /// <summary><c>GET /worker/get/:id</c></summary>
    public Task GetAsync(HttpContext context)
    {
        var worker = workers.Find(context.Id()) ?? throw TrackerException.NotFound("no such worker");
        return context.RespondContentAsync(new WorkerContent(ProjectMapping.Message(worker)), TaskJson.Default.WorkerContent);
    }

    /// <summary><c>GET /worker/stats</c></summary>
    public Task StatsAsync(HttpContext context)
    {
        var stats = workers.All().Select(worker => new WorkerStatMessage(worker.Alias, worker.TasksClosed, worker.IsPaused, worker.Id));
        return context.RespondContentAsync(new WorkerStatsContent([.. stats]), TaskJson.Default.WorkerStatsContent);
    }

    private static string Checked(string alias) => alias switch
    {
        ReservedAlias => throw TrackerException.Forbidden("the alias \"unassigned\" is reserved"),
        { Length: > MaxAliasLength } => throw TrackerException.Invalid($"an alias must have at most {MaxAliasLength} characters"),
        _ when alias.Any(char.IsControl) => throw TrackerException.Invalid("an alias must not contain control characters"),
        _ => alias,
    };
}
