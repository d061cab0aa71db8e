using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Who may do what in a project (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class ProjectRights
{
    /// <summary>The roles of an account in a project; an administrator has all of them everywhere.</summary>
    public static ProjectRoles Of(SqliteSession db, Account? account, long projectId) => account switch
    {
        null => ProjectRoles.None,
        { IsAdministrator: true } => ProjectRoles.All,
        _ => ProjectRoleTable.Of(db, projectId, account.Id),
    };

    /// <summary>Lets through who has a role. Asked before whether there is such a project, so that others do not learn that.</summary>
    /// <exception cref="FarmException">The account has not (forbidden).</exception>
    public static void Require(SqliteSession db, Account? account, long projectId, ProjectRoles role)
    {
        if (!Of(db, account, projectId).HasFlag(role)) throw Forbidden($"this needs the role \"{role}\" in the project");
    }

    /// <summary>The project.</summary>
    /// <exception cref="FarmException">There is none (not found).</exception>
    public static Project Existing(SqliteSession db, long projectId) =>
        ProjectTable.ById(db, projectId) ?? throw FarmException.NotFound("there is no such project");

    /// <summary>A refusal to who may not.</summary>
    public static FarmException Forbidden(string message) => new(ErrorKind.Forbidden, message);
}
