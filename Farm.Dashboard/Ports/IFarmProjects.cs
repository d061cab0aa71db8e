namespace Farm.Dashboard.Ports;

/// <summary>
/// Projects of task_tracker, limited to what the user of the circuit may see and change. Scoped. A refused change throws
/// <see cref="FarmActionException"/> and changes nothing.
/// </summary>
public interface IFarmProjects
{
    /// <summary>Whether task_tracker is enabled.</summary>
    bool IsEnabled { get; }

    /// <summary>The projects that the visitor may see, by name.</summary>
    Task<IReadOnlyList<ProjectRow>> ReadProjectsAsync(CancellationToken cancellationToken);

    /// <summary>One project; null if there is none of that id that the visitor may see.</summary>
    Task<ProjectDetail?> FindProjectAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>The task counts of a project over time, oldest first.</summary>
    Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int most, CancellationToken cancellationToken);

    /// <summary>The secrets of a project, for those who have the role.</summary>
    Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Sets the secret for workers with access.</summary>
    Task SetSecretAsync(long projectId, string secret, CancellationToken cancellationToken);

    /// <summary>Sets the key that signs webhook pushes.</summary>
    Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellationToken);

    /// <summary>Approves the access request of a worker.</summary>
    Task AcceptAsync(long projectId, long workerId, CancellationToken cancellationToken);

    /// <summary>Rejects the access request of a worker, or revokes its access.</summary>
    Task RejectAsync(long projectId, long workerId, CancellationToken cancellationToken);

    /// <summary>Replaces the roles of an account.</summary>
    Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellationToken);

    /// <summary>Queues failed tasks again and returns how many.</summary>
    Task<long> ResetFailedAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Requeues active tasks and returns how many.</summary>
    Task<long> ReclaimAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Cancels all unfinished tasks and returns how many.</summary>
    Task<long> HardResetAsync(long projectId, CancellationToken cancellationToken);
}
