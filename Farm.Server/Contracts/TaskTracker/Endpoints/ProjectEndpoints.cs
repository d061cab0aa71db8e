using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Creates, updates, shows and maintains projects (Contracts/TaskTracker/Contract.md section 4.4).</summary>
internal sealed class ProjectEndpoints(
    TrackerAuthentication authentication, ProjectQueries queries, ProjectControl control, ProjectMaintenance maintenance)
{
    private const int MaxAssignees = 16;
    private const int MaxSnapshots = 1000;

    /// <summary><c>GET /project/get/:id</c></summary>
    public Task GetAsync(HttpContext context) =>
        context.RespondContentAsync(ProjectMapping.Content(Visible(context)), ProjectJson.Default.ProjectContent);

    /// <summary><c>GET /project/list</c></summary>
    public Task ListAsync(HttpContext context)
    {
        var projects = queries.Visible(authentication.Manager(context)).Select(view => ProjectMapping.Message(view.Project));
        return context.RespondContentAsync(new ProjectsContent([.. projects]), ProjectJson.Default.ProjectsContent);
    }

    /// <summary><c>POST /project/create</c>; every error is 400.</summary>
    public async Task CreateAsync(HttpContext context)
    {
        var caller = authentication.RequireCaller(context, StatusCodes.Status400BadRequest);
        var request = await TrackerBody.ReadAsync(context, ProjectJson.Default.ProjectRequest);
        long id;
        try
        {
            id = await control.CreateAsync(caller, ProjectMapping.Details(request with { Paused = false }));
        }
        catch (FarmException error) when (error.Kind is ErrorKind.Forbidden or ErrorKind.NotFound)
        {
            throw TrackerException.Invalid(error.Message);
        }

        await context.RespondContentAsync(new IdContent(id), ProjectJson.Default.IdContent);
    }

    /// <summary><c>POST /project/update/:id</c></summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var id = context.Id();
        var caller = authentication.RequireCaller(context, StatusCodes.Status403Forbidden);
        var request = await TrackerBody.ReadAsync(context, ProjectJson.Default.ProjectRequest);
        await control.UpdateAsync(caller, id, ProjectMapping.Details(request));
        await context.RespondOkAsync();
    }

    /// <summary><c>GET /project/assignees/:id</c></summary>
    public Task AssigneesAsync(HttpContext context)
    {
        var id = context.Id();
        RefuseHidden(context, id);
        var assignees = queries.Assignees(id, MaxAssignees).Select(assignee => new AssigneeMessage(assignee.Name, assignee.Tasks));
        return context.RespondContentAsync(new AssigneesContent([.. assignees]), ProjectJson.Default.AssigneesContent);
    }

    /// <summary><c>GET /project/monitoring/:id?count=n</c></summary>
    public Task MonitoringAsync(HttpContext context)
    {
        var id = context.Id();
        var count = Number(context, "count");
        if (count is not (> 0 and < MaxSnapshots)) throw TrackerException.Invalid($"count must be from 1 to {MaxSnapshots - 1}");
        RefuseHidden(context, id);
        return RespondAsync(context, queries.Snapshots(id, (int)count));
    }

    /// <summary><c>GET /project/monitoring-between/:id?from=a&amp;to=b</c></summary>
    public Task MonitoringBetweenAsync(HttpContext context)
    {
        var id = context.Id();
        var (from, to) = (Number(context, "from"), Number(context, "to"));
        if (from is not (> 0 and < int.MaxValue) || to is not (> 0 and < int.MaxValue))
            throw TrackerException.Invalid("from and to must be times in Unix seconds");
        RefuseHidden(context, id);
        return RespondAsync(context, queries.Snapshots(id, from.Value * 1000, to.Value * 1000 + 999));
    }

    /// <summary><c>POST /project/reset_failed_tasks/:id</c></summary>
    public Task ResetFailedAsync(HttpContext context) => MaintainAsync(context, maintenance.ResetFailedAsync);

    /// <summary><c>POST /project/hard_reset/:id</c></summary>
    public Task HardResetAsync(HttpContext context) => MaintainAsync(context, maintenance.HardResetAsync);

    /// <summary><c>POST /project/reclaim_assigned_tasks/:id</c></summary>
    public Task ReclaimAsync(HttpContext context) => MaintainAsync(context, maintenance.ReclaimAsync);

    private async Task MaintainAsync(HttpContext context, Func<Caller, long, Task<long>> change)
    {
        var id = context.Id();
        var affected = await change(authentication.RequireCaller(context, StatusCodes.Status403Forbidden), id);
        await context.RespondContentAsync(new AffectedContent(affected), ProjectJson.Default.AffectedContent);
    }

    private Project Visible(HttpContext context)
    {
        var id = context.Id();
        var (project, roles) = queries.Find(authentication.Manager(context), id) ?? throw TrackerException.NotFound("no such project");
        return ProjectPermissions.MayRead(project.Details.Visibility, roles.HasFlag(ProjectRoles.Read))
            ? project
            : throw TrackerException.Forbidden("this project is hidden");
    }

    /// <summary>Throws for a hidden project that the caller may not read. Passes for an unknown one, whose data is empty.</summary>
    private void RefuseHidden(HttpContext context, long id)
    {
        if (queries.Find(authentication.Manager(context), id) is not null) Visible(context);
    }

    private static Task RespondAsync(HttpContext context, List<ProjectSnapshot> snapshots) => context.RespondContentAsync(
        new SnapshotsContent([.. snapshots.Select(ProjectMapping.Message)]), ProjectJson.Default.SnapshotsContent);

    private static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], out var number) ? number : null;
}
