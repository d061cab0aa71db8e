using Farm.Server.Domain.Accounts;

namespace Farm.Server.Domain.Access;

/// <summary>
/// Who may do what: the least role for each permission, and that workers with a token bring themselves. Every way in meets it, because operations ask it (Docs/design.md section 7). What
/// people may do in a task_tracker project or a flowServ group follows from its own rules as well.
/// </summary>
internal static class AccessTable
{
    /// <summary>The least role that has a permission.</summary>
    public static Role LeastRole(Permission permission) => permission switch
    {
        Permission.Work => Role.Worker,
        Permission.Look => Role.Worker,
        Permission.SubmitJobs => Role.Visitor,
        Permission.ControlOwnJobs => Role.Visitor,
        Permission.Register => Role.Visitor,
        Permission.MakeTokens => Role.Artist,
        Permission.ControlJobs => Role.Operator,
        Permission.AddWorkers => Role.Operator,
        Permission.ControlWorkers => Role.Operator,
        Permission.ReadAudit => Role.Operator,
        Permission.ManageWorkflows => Role.Administrator,
        Permission.ManageSettings => Role.Administrator,
        Permission.ManageBackups => Role.Administrator,
        Permission.ManagePeople => Role.Administrator,
        _ => throw new ArgumentOutOfRangeException(nameof(permission)),
    };

    /// <summary>Whether a role has a permission.</summary>
    public static bool Allows(Role role, Permission permission) => role >= LeastRole(permission) || (role, permission) is (Role.Worker, Permission.AddWorkers);

    /// <summary>What somebody without an account is.</summary>
    /// <param name="mode">The setting <c>access</c>.</param>
    /// <param name="isSetUp">Whether the farm has an administrator.</param>
    /// <param name="isLocal">Whether the request comes from the server's own machine, and not through a proxy.</param>
    public static Role RoleOfVisitor(AccessMode mode, bool isSetUp, bool isLocal) => (mode, isSetUp, isLocal) switch
    {
        (_, _, true) => Role.Operator,
        (AccessMode.Closed, _, _) => Role.Stranger,
        (_, false, _) => Role.Viewer,
        (AccessMode.Open, _, _) => Role.Operator,
        _ => Role.Visitor,
    };
}
