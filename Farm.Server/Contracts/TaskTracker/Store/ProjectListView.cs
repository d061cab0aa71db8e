using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>The number of tasks that a worker holds.</summary>
/// <param name="Name">The name of the worker, or the name for unassigned tasks.</param>
/// <param name="Tasks">The number of tasks.</param>
internal sealed record Assignee(string Name, long Tasks);

/// <summary>The repository and webhook secret of a project.</summary>
/// <param name="Id">The project.</param>
/// <param name="GitRepo">Its repository; empty for none.</param>
/// <param name="WebhookSecret">The secret that signs push events.</param>
internal sealed record ProjectPushKey(long Id, string GitRepo, string WebhookSecret);

/// <summary>Queries of projects, without those that are being deleted.</summary>
internal static class ProjectListView
{
    private const string Projects =
        $"SELECT {ProjectRow.Columns} FROM projects p JOIN jobs j ON j.id = p.job_id WHERE j.delete_requested_at IS NULL";

    private const string Holders =
        """
        SELECT name, tasks FROM (
          SELECT w.name AS name, count(*) AS tasks, w.id AS id
          FROM tasks t INDEXED BY tasks_active JOIN workers w ON w.id = t.worker_id WHERE t.status = 3 AND t.job_id = @job GROUP BY w.id
          UNION ALL
          SELECT @unassigned, tasks_queued + tasks_soft_failed + tasks_pended + tasks_paused + tasks_failed, 0 FROM jobs WHERE id = @job) lines
        WHERE tasks > 0 ORDER BY tasks, name, id LIMIT @max
        """;

    /// <summary>All projects, by name.</summary>
    public static List<ProjectRow> All(StoreSession db) => db.Connection.Query<ProjectRow>($"{Projects} ORDER BY p.name").AsList();

    /// <summary>The project with this id, or null.</summary>
    public static ProjectRow? Find(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<ProjectRow>($"{Projects} AND p.job_id = @id", new { id });

    /// <summary>The repositories and webhook secrets of all projects, by project name.</summary>
    public static List<ProjectPushKey> PushKeys(StoreSession db) => db.Connection.Query<ProjectPushKey>(
        """
        SELECT p.job_id AS id, p.git_repo, p.webhook_secret FROM projects p JOIN jobs j ON j.id = p.job_id
        WHERE j.delete_requested_at IS NULL ORDER BY p.name
        """).AsList();

    /// <summary>The number of tasks that each worker holds, and of unassigned tasks; fewest first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="job">The project.</param>
    /// <param name="unassigned">The name for unassigned tasks.</param>
    /// <param name="max">The most rows.</param>
    public static List<Assignee> Assignees(StoreSession db, long job, string unassigned, int max) =>
        db.Connection.Query<Assignee>(Holders, new { job, unassigned, max }).AsList();
}
