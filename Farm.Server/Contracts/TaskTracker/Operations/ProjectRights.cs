using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Checks roles in projects (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class ProjectRights
{
    /// <summary>The roles of an account in a project; administrators have all roles, and a token of one project has none elsewhere.</summary>
    public static ProjectRoles Of(StoreSession db, Account? account, long projectId) => account switch
    {
        null => ProjectRoles.None,
        not null when !account.MayActIn(projectId) => ProjectRoles.None,
        { IsAdministrator: true } => ProjectRoles.All,
        _ => ProjectRoleTable.Of(db, projectId, account.Id),
    };

    /// <summary>As <see cref="Require(StoreSession, Account?, long, ProjectRoles)"/>, and tells the audit about which project it is.</summary>
    /// <exception cref="FarmException">The account does not have the role (forbidden).</exception>
    public static void Require(StoreSession db, Account? account, long projectId, ProjectRoles role, AuditedAction action)
    {
        action.On(new AuditTarget("project", $"{projectId}", ProjectTable.ById(db, projectId)?.Details.Name ?? ""));
        Require(db, account, projectId, role);
    }

    /// <summary>Requires a role. Call it before checking that the project exists, so that others cannot find that out.</summary>
    /// <exception cref="FarmException">The account does not have the role (forbidden).</exception>
    public static void Require(StoreSession db, Account? account, long projectId, ProjectRoles role)
    {
        if (!Of(db, account, projectId).HasFlag(role)) throw Forbidden($"the role \"{role}\" in the project is required");
    }

    /// <summary>The project.</summary>
    /// <exception cref="FarmException">The project is unknown (not found).</exception>
    public static Project Existing(StoreSession db, long projectId) =>
        ProjectTable.ById(db, projectId) ?? throw FarmException.NotFound("no such project");

    /// <summary>A "forbidden" error.</summary>
    public static FarmException Forbidden(string message) => new(ErrorKind.Forbidden, message);
}
