using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Used when no protocol provides workflows.</summary>
internal sealed class NoWorkflows : IWorkflows
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkflowRow>> ReadWorkflowsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WorkflowRow>>([]);

    /// <inheritdoc/>
    public Task<WorkflowRow?> FindWorkflowAsync(string workflowId, CancellationToken cancellationToken) => Task.FromResult<WorkflowRow?>(null);

    /// <inheritdoc/>
    public Task<Page<WorkflowRunRow>> ReadRunsAsync(string workflowId, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<WorkflowRunRow>([], 0));

    /// <inheritdoc/>
    public Task<string> InstallAsync(Stream archive, CancellationToken cancellationToken) => Task.FromException<string>(None());

    /// <inheritdoc/>
    public Task RemoveAsync(string workflowId, CancellationToken cancellationToken) => Task.FromException(None());

    private static FarmActionException None() => new("Workflows are not available on this farm.");
}
