namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>Who sees a project and may take tasks of it without asking (Contracts/TaskTracker/Contract.md section 2.2).</summary>
internal enum ProjectVisibility
{
    /// <summary>Everybody sees it, and every worker takes tasks of it.</summary>
    Public,

    /// <summary>Everybody sees it.</summary>
    Private,

    /// <summary>Only managers who may read it see it.</summary>
    Hidden,
}

/// <summary>What a worker asked for in a project, or was granted.</summary>
/// <param name="MayAssign">To take tasks.</param>
/// <param name="MaySubmit">To submit tasks, which lets it take them too.</param>
/// <param name="IsPending">Nobody has granted it yet, so that it counts for nothing.</param>
internal sealed record ProjectAccess(bool MayAssign, bool MaySubmit, bool IsPending);

/// <summary>What workers and managers may do in a project: the table of Contracts/TaskTracker/Contract.md section 2.2.</summary>
internal static class ProjectPermissions
{
    /// <summary>Whether a worker may take tasks.</summary>
    /// <param name="visibility">The project's.</param>
    /// <param name="access">What the worker has there; null for nothing.</param>
    public static bool MayAssign(ProjectVisibility visibility, ProjectAccess? access) =>
        visibility == ProjectVisibility.Public || access is { IsPending: false } and ({ MayAssign: true } or { MaySubmit: true });

    /// <summary>Whether a worker may submit tasks: in a public project too, that must have been granted.</summary>
    /// <param name="access">What the worker has there; null for nothing.</param>
    public static bool MaySubmit(ProjectAccess? access) => access is { IsPending: false, MaySubmit: true };

    /// <summary>
    /// Whether a worker may read the project's secret. A public project lets everybody take tasks, but its secret is only for workers whose
    /// access was granted (section 4.4).
    /// </summary>
    /// <param name="access">What the worker has there; null for nothing.</param>
    public static bool MayReadSecret(ProjectAccess? access) => access is not null && MayAssign(ProjectVisibility.Private, access);

    /// <summary>Whether the project may be read.</summary>
    /// <param name="visibility">The project's.</param>
    /// <param name="isReader">Whether it is a manager with <see cref="ProjectRoles.Read"/>, or an administrator, who asks.</param>
    public static bool MayRead(ProjectVisibility visibility, bool isReader) => visibility != ProjectVisibility.Hidden || isReader;
}
