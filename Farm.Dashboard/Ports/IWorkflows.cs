namespace Farm.Dashboard.Ports;

/// <summary>
/// The flowServ workflows of the farm: what pages read of them, and what people can do to them. What is done is on disk when the method returns;
/// a refusal is a <see cref="FarmActionException"/>, and then nothing changed.
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
/// <param name="Id">As flowServ's clients know it.</param>
/// <param name="Name">How people call it.</param>
/// <param name="Description">What it is for; null if that is not said.</param>
/// <param name="Instructions">How it is used; null if that is not said.</param>
/// <param name="InstalledAt">When it came here.</param>
/// <param name="Groups">How many groups of people run it.</param>
/// <param name="Runs">How many runs of it there are.</param>
public sealed record WorkflowRow(
    string Id, string Name, string? Description, string? Instructions, DateTimeOffset InstalledAt, int Groups, int Runs);

/// <summary>A run of a workflow.</summary>
/// <param name="JobId">Its job.</param>
/// <param name="Group">Whose run it is.</param>
/// <param name="State">What it is at.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it was over; null if it is not.</param>
public sealed record WorkflowRunRow(
    Guid JobId, string Group, WorkflowRunState State, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <summary>What a run of a workflow is at.</summary>
public enum WorkflowRunState
{
    Pending,
    Running,
    Success,
    Error,
    Canceled,
}
