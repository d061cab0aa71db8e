namespace Farm.Dashboard.Ports;

/// <summary>
/// Projects of task_tracker, as far as who looks at them may see and change them. One of it for each browser's circuit. What is refused
/// throws <see cref="FarmActionException"/>; then nothing changed.
/// </summary>
public interface IFarmProjects
{
    /// <summary>Whether this farm speaks the protocol that makes projects.</summary>
    bool IsEnabled { get; }

    /// <summary>The projects that the visitor may see, by name.</summary>
    Task<IReadOnlyList<ProjectRow>> ReadProjectsAsync(CancellationToken cancellationToken);

    /// <summary>One project; null if there is none of that id that the visitor may see.</summary>
    Task<ProjectDetail?> FindProjectAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>What the project had over a time, oldest first, at most so many moments of it.</summary>
    Task<IReadOnlyList<ProjectMoment>> ReadMomentsAsync(long projectId, TimeSpan back, int most, CancellationToken cancellationToken);

    /// <summary>The secrets of a project, for those who have the role.</summary>
    Task<ProjectSecretTexts> ReadSecretsAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Replaces what workers with access are told.</summary>
    Task SetSecretAsync(long projectId, string secret, CancellationToken cancellationToken);

    /// <summary>Replaces the key with which push events are signed.</summary>
    Task SetWebhookSecretAsync(long projectId, string secret, CancellationToken cancellationToken);

    /// <summary>Grants a worker what it asked for.</summary>
    Task AcceptAsync(long projectId, long workerId, CancellationToken cancellationToken);

    /// <summary>Refuses a worker what it asked for, or takes away what it has.</summary>
    Task RejectAsync(long projectId, long workerId, CancellationToken cancellationToken);

    /// <summary>Gives a person these roles in place of those before.</summary>
    Task SetRolesAsync(long projectId, string username, ProjectRoles roles, CancellationToken cancellationToken);

    /// <summary>Failed tasks wait again. Answers how many.</summary>
    Task<long> ResetFailedAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Takes tasks from the workers that hold them. Answers how many.</summary>
    Task<long> ReclaimAsync(long projectId, CancellationToken cancellationToken);

    /// <summary>Removes all tasks that are not gone. Answers how many.</summary>
    Task<long> HardResetAsync(long projectId, CancellationToken cancellationToken);
}
