namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>What a manager may do in a project (Contracts/TaskTracker/Contract.md section 2.3). The numbers are stored and on the wire.</summary>
[Flags]
internal enum ProjectRoles
{
    /// <summary>Nothing that others may not.</summary>
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

    /// <summary>Everything: what who creates a project has.</summary>
    All = Read | Edit | ManageAccess | Secret | Maintenance,
}

/// <summary>Who may give whom which roles.</summary>
internal static class ProjectRoleRules
{
    /// <summary>
    /// Whether someone may change the roles of another manager. A role that one does not hold one cannot give, but any may be taken away
    /// (Contracts/TaskTracker/Contract.md section 4.5).
    /// </summary>
    /// <param name="own">The roles of who asks.</param>
    /// <param name="isAdministrator">Whether who asks is an administrator, who may give everything.</param>
    /// <param name="before">The roles of the other before.</param>
    /// <param name="after">The roles of the other afterwards.</param>
    public static bool MayGrant(ProjectRoles own, bool isAdministrator, ProjectRoles before, ProjectRoles after) =>
        isAdministrator || (own.HasFlag(ProjectRoles.ManageAccess) && (after & ~before & ~own) == 0);
}
