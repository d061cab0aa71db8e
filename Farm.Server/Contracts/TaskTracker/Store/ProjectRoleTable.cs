using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A manager and what he may do in a project.</summary>
internal sealed record ManagerWithRoles(Account Manager, ProjectRoles Roles);

/// <summary>What managers may do in projects.</summary>
internal static class ProjectRoleTable
{
    /// <summary>The roles of an account in a project.</summary>
    public static ProjectRoles Of(SqliteSession db, long jobId, long accountId) =>
        (ProjectRoles)db.Number("SELECT roles FROM project_roles WHERE job_id = $1 AND account_id = $2", jobId, accountId);

    /// <summary>The roles of an account in all projects where it has some.</summary>
    public static Dictionary<long, ProjectRoles> OfAccount(SqliteSession db, long accountId) => db.All(
        "SELECT job_id, roles FROM project_roles WHERE account_id = $1",
        static row => KeyValuePair.Create(row.GetInt64(0), (ProjectRoles)row.GetInt32(1)), accountId).ToDictionary();

    /// <summary>All who have roles in a project, in the order of their registration.</summary>
    public static List<ManagerWithRoles> All(SqliteSession db, long jobId) => db.All(
        $"""
        SELECT {AccountTable.Columns}, r.roles FROM project_roles r JOIN accounts a ON a.id = r.account_id WHERE r.job_id = $1 ORDER BY a.id
        """,
        static row => new ManagerWithRoles(AccountTable.Read(row), (ProjectRoles)row.GetInt32(AccountTable.Width)), jobId);

    /// <summary>Gives an account these roles in a project, in place of those before; none removes it.</summary>
    public static void Set(SqliteSession db, long jobId, long accountId, ProjectRoles roles)
    {
        if (roles == ProjectRoles.None)
        {
            db.Execute("DELETE FROM project_roles WHERE job_id = $1 AND account_id = $2", jobId, accountId);
            return;
        }

        db.Execute(
            """
            INSERT INTO project_roles (job_id, account_id, roles) VALUES ($1, $2, $3)
            ON CONFLICT (job_id, account_id) DO UPDATE SET roles = $3
            """,
            jobId, accountId, roles);
    }
}
