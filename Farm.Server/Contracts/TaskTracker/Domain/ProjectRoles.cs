namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The roles of a manager in a project (Contracts/TaskTracker/Contract.md section 2.3). The numbers are stored and on the wire.</summary>
[Flags]
internal enum ProjectRoles
{
    /// <summary>No role.</summary>
    None = 0,

    /// <summary>See it when it is hidden.</summary>
    Read = 1,

    /// <summary>Change it.</summary>
    Edit = 2,

    /// <summary>Grant workers access, and managers roles.</summary>
    ManageAccess = 4,

    /// <summary>Read and change its secrets.</summary>
    Secret = 8,

    /// <summary>Reset and reclaim its tasks.</summary>
    Maintenance = 16,

    /// <summary>All roles, which the creator of a project gets.</summary>
    All = Read | Edit | ManageAccess | Secret | Maintenance,
}

/// <summary>Rules for granting roles.</summary>
internal static class ProjectRoleRules
{
    /// <summary>
    /// Whether a manager may change the roles of another. Managers can grant only roles that they have, but can revoke any
    /// (Contracts/TaskTracker/Contract.md section 4.5).
    /// </summary>
    /// <param name="own">The roles of the caller.</param>
    /// <param name="isAdministrator">Whether the caller is an administrator, who may grant every role.</param>
    /// <param name="before">The other manager's current roles.</param>
    /// <param name="after">The other manager's new roles.</param>
    public static bool MayGrant(ProjectRoles own, bool isAdministrator, ProjectRoles before, ProjectRoles after) =>
        isAdministrator || (own.HasFlag(ProjectRoles.ManageAccess) && (after & ~before & ~own) == 0);
}
