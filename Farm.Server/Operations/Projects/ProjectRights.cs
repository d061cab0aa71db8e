using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Projects;
using Farm.Server.Store;

namespace Farm.Server.Operations.Projects;

/// <summary>Who may do what in a project (contracts/task_tracker.md section 2.3).</summary>
internal static class ProjectRights
{
    /// <summary>The roles of an account in a project; an administrator has all of them everywhere.</summary>
    public static ProjectRoles Of(Statements db, Account? account, long projectId) => account switch
    {
        null => ProjectRoles.None,
        { IsAdministrator: true } => ProjectRoles.All,
        _ => ProjectRoleRows.Of(db, projectId, account.Id),
    };

    /// <summary>Lets through who has a role. Asked before whether there is such a project, so that others do not learn that.</summary>
    /// <exception cref="FarmError">The account has not (forbidden).</exception>
    public static void Require(Statements db, Account? account, long projectId, ProjectRoles role)
    {
        if (!Of(db, account, projectId).HasFlag(role)) throw Forbidden($"this needs the role \"{role}\" in the project");
    }

    /// <summary>The project.</summary>
    /// <exception cref="FarmError">There is none (not found).</exception>
    public static Project Existing(Statements db, long projectId) =>
        ProjectRows.ById(db, projectId) ?? throw FarmError.NotFound("there is no such project");

    /// <summary>A refusal to who may not.</summary>
    public static FarmError Forbidden(string message) => new(Refusal.Forbidden, message);
}
