namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>Who can see a project, and who can take its tasks without access (Contracts/TaskTracker/Contract.md section 2.2).</summary>
internal enum ProjectVisibility
{
    /// <summary>Everybody can see it, and every worker can take its tasks.</summary>
    Public,

    /// <summary>Everybody can see it.</summary>
    Private,

    /// <summary>Only managers with the role Read can see it.</summary>
    Hidden,
}

/// <summary>The requested or granted access of a worker to a project.</summary>
/// <param name="MayAssign">Whether it may take tasks.</param>
/// <param name="MaySubmit">Whether it may submit tasks, which includes taking them.</param>
/// <param name="IsPending">Whether it is only requested, not granted.</param>
internal sealed record ProjectAccess(bool MayAssign, bool MaySubmit, bool IsPending);

/// <summary>Permissions in a project: the table in Contracts/TaskTracker/Contract.md section 2.2.</summary>
internal static class ProjectPermissions
{
    /// <summary>Whether a worker may take tasks.</summary>
    /// <param name="visibility">The visibility of the project.</param>
    /// <param name="access">The worker's access; null for none.</param>
    public static bool MayAssign(ProjectVisibility visibility, ProjectAccess? access) =>
        visibility == ProjectVisibility.Public || access is { IsPending: false } and ({ MayAssign: true } or { MaySubmit: true });

    /// <summary>Whether a worker may submit tasks. This must be granted, in public projects too.</summary>
    /// <param name="access">The worker's access; null for none.</param>
    public static bool MaySubmit(ProjectAccess? access) => access is { IsPending: false, MaySubmit: true };

    /// <summary>
    /// Whether a worker may read the project's secret. Everybody may take tasks of a public project, but its secret is only for workers with
    /// granted access (section 4.4).
    /// </summary>
    /// <param name="access">The worker's access; null for none.</param>
    public static bool MayReadSecret(ProjectAccess? access) => access is not null && MayAssign(ProjectVisibility.Private, access);

    /// <summary>Whether a project may be read.</summary>
    /// <param name="visibility">The visibility of the project.</param>
    /// <param name="isReader">Whether the caller is an administrator or has <see cref="ProjectRoles.Read"/>.</param>
    public static bool MayRead(ProjectVisibility visibility, bool isReader) => visibility != ProjectVisibility.Hidden || isReader;
}
