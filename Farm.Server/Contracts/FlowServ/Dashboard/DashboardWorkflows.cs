using Farm.Dashboard.Ports;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.FlowServ.Dashboard;

/// <summary>Workflows for the dashboard.</summary>
internal sealed class DashboardWorkflows(WorkflowOverview overview, WorkflowInstaller installer, WorkflowCatalog catalog, DashboardPeople people) : IWorkflows
{
    private const int MaxPageSize = 1000;

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkflowRow>> ReadWorkflowsAsync(CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<WorkflowRow>>(() => [.. overview.All().Select(Row)], cancellationToken);

    /// <inheritdoc/>
    public Task<WorkflowRow?> FindWorkflowAsync(string workflowId, CancellationToken cancellationToken) =>
        Task.Run(() => overview.Find(workflowId) is { } workflow ? Row(workflow) : null, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<WorkflowRunRow>> ReadRunsAsync(string workflowId, PageRequest page, CancellationToken cancellationToken) => Task.Run(() =>
    {
        if (overview.Find(workflowId) is not { } workflow) return new Page<WorkflowRunRow>([], 0);
        var runs = overview.Runs(workflow.Workflow.Id, Math.Clamp(page.Limit, 0, MaxPageSize), Math.Max(0, page.Offset));
        return new Page<WorkflowRunRow>([.. runs.Select(Row)], DashboardValues.Number(workflow.Runs));
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> InstallAsync(Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            return (await installer.InstallAsync(await people.CallerAsync(), archive, key: null, cancellationToken)).Name;
        }
        catch (Exception error) when (error is FarmException or StorageFullException)
        {
            throw new FarmActionException($"The workflow was not installed: {error.Message}.");
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            await catalog.RemoveAsync(await people.CallerAsync(), workflowId, withGroups: true);
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"The workflow was not deleted: {error.Message}.");
        }
    }

    private static WorkflowRow Row(WorkflowUsage use) => new(
        use.Workflow.Key, use.Workflow.Name, use.Workflow.Description, use.Workflow.Instructions, DashboardValues.Time(use.Workflow.CreatedAt),
        DashboardValues.Number(use.Groups), DashboardValues.Number(use.Runs));

    private static WorkflowRunRow Row(WorkflowRun run) => new(
        run.Run.Uuid, run.GroupName, run.Run.State.As<WorkflowRunState>(), DashboardValues.Time(run.Run.CreatedAt),
        run.Run.FinishedAt is { } finished ? DashboardValues.Time(finished) : null);
}
