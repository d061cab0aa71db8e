namespace Farm.Dashboard.Ports;

/// <summary>
/// The flowServ workflows of the farm. An action returns when it is on disk, or throws <see cref="FarmActionException"/> and changes nothing.
/// </summary>
public interface IWorkflows
{
    /// <summary>All workflows, by name; there are few.</summary>
    Task<IReadOnlyList<WorkflowRow>> ReadWorkflowsAsync(CancellationToken cancellationToken);

    /// <summary>One workflow; null if there is none of that id.</summary>
    Task<WorkflowRow?> FindWorkflowAsync(string workflowId, CancellationToken cancellationToken);

    /// <summary>The runs of a workflow, newest first; an empty page for an unknown one.</summary>
    Task<Page<WorkflowRunRow>> ReadRunsAsync(string workflowId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Installs a workflow from a project folder that is packed as .zip or .tar.gz.</summary>
    /// <returns>Its name.</returns>
    Task<string> InstallAsync(Stream archive, CancellationToken cancellationToken);

    /// <summary>Removes a workflow with its groups, their uploads and runs; runs that are not over are canceled.</summary>
    Task RemoveAsync(string workflowId, CancellationToken cancellationToken);
}

/// <summary>A workflow.</summary>
/// <param name="Id">Its id in flowServ.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description; null for none.</param>
/// <param name="Instructions">Its instructions; null for none.</param>
/// <param name="InstalledAt">When it was installed.</param>
/// <param name="Groups">The number of its groups.</param>
/// <param name="Runs">The number of its runs.</param>
public sealed record WorkflowRow(
    string Id, string Name, string? Description, string? Instructions, DateTimeOffset InstalledAt, int Groups, int Runs);

/// <summary>A run of a workflow.</summary>
/// <param name="JobId">Its job.</param>
/// <param name="Group">The group that it belongs to.</param>
/// <param name="State">Its state.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="FinishedAt">When it finished; null if it has not.</param>
public sealed record WorkflowRunRow(
    Guid JobId, string Group, WorkflowRunState State, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <summary>The state of a workflow run.</summary>
public enum WorkflowRunState
{
    Pending,
    Running,
    Success,
    Error,
    Canceled,
}
