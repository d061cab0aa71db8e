using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Roles of managers in projects.</summary>
internal static class ProjectRoleTable
{
    /// <summary>The roles of an account in a project.</summary>
    public static ProjectRoles Of(StoreSession db, long job, long account) => (ProjectRoles)db.Connection.ExecuteScalar<int>(
        "SELECT roles FROM project_roles WHERE job_id = @job AND account_id = @account", new { job, account });

    /// <summary>The roles of an account, by project.</summary>
    public static Dictionary<long, ProjectRoles> OfAccount(StoreSession db, long account) => db.Connection
        .Query<RolesIn>("SELECT job_id, roles FROM project_roles WHERE account_id = @account", new { account })
        .ToDictionary(row => row.JobId, row => row.Roles);

    /// <summary>Replaces the roles of an account in a project; none deletes the row.</summary>
    public static void Set(StoreSession db, long job, long account, ProjectRoles roles)
    {
        if (roles == ProjectRoles.None)
        {
            db.Connection.Execute("DELETE FROM project_roles WHERE job_id = @job AND account_id = @account", new { job, account });
            return;
        }

        db.Connection.Execute(
            """
            INSERT INTO project_roles (job_id, account_id, roles) VALUES (@job, @account, @roles)
            ON CONFLICT (job_id, account_id) DO UPDATE SET roles = @roles
            """,
            new { job, account, roles });
    }

    private sealed record RolesIn(long JobId, ProjectRoles Roles);
}
