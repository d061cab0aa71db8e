using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>How many tasks somebody holds.</summary>
/// <param name="Name">The name of the worker, or what nobody is called.</param>
/// <param name="Tasks">How many.</param>
internal sealed record Assignee(string Name, long Tasks);

/// <summary>Which pushes concern a project.</summary>
/// <param name="Id">The project.</param>
/// <param name="GitRepo">Its repository; empty for none.</param>
/// <param name="WebhookSecret">The key with which pushes are signed.</param>
internal sealed record ProjectPushKey(long Id, string GitRepo, string WebhookSecret);

/// <summary>Projects for people to look at. One that is being deleted is not among them.</summary>
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
          SELECT @nobody, tasks_queued + tasks_soft_failed + tasks_pended + tasks_paused + tasks_failed, 0 FROM jobs WHERE id = @job)
        WHERE tasks > 0 ORDER BY tasks, name, id LIMIT @most
        """;

    /// <summary>All projects by name.</summary>
    public static List<ProjectRow> All(SqliteSession db) => db.Connection.Query<ProjectRow>($"{Projects} ORDER BY p.name").AsList();

    /// <summary>The project with this id, or null.</summary>
    public static ProjectRow? Find(SqliteSession db, long id) =>
        db.Connection.QueryFirstOrDefault<ProjectRow>($"{Projects} AND p.job_id = @id", new { id });

    /// <summary>The repositories of all projects by name, with the keys that sign pushes to them.</summary>
    public static List<ProjectPushKey> PushKeys(SqliteSession db) => db.Connection.Query<ProjectPushKey>(
        """
        SELECT p.job_id AS id, p.git_repo, p.webhook_secret FROM projects p JOIN jobs j ON j.id = p.job_id
        WHERE j.delete_requested_at IS NULL ORDER BY p.name
        """).AsList();

    /// <summary>How many tasks each worker holds, and how many nobody does; fewest first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="job">The project.</param>
    /// <param name="nobody">What to call nobody.</param>
    /// <param name="most">How many lines at most.</param>
    public static List<Assignee> Assignees(SqliteSession db, long job, string nobody, int most) =>
        db.Connection.Query<Assignee>(Holders, new { job, nobody, most }).AsList();
}
