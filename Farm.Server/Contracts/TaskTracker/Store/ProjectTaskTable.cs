using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>
/// The tasks of projects as a whole. Among them may be millions that are gone (completed or canceled), which no query here walks more than
/// once. Statuses: 3 active, 5 completed, 6 failed, 7 canceled.
/// </summary>
internal static class ProjectTaskTable
{
    /// <summary>How many tasks each worker holds, and how many nobody does; fewest first.</summary>
    /// <param name="db">The statements.</param>
    /// <param name="jobId">The project.</param>
    /// <param name="nobody">What to call nobody.</param>
    /// <param name="most">How many lines at most.</param>
    public static List<(string Name, long Tasks)> Assignees(SqliteSession db, long jobId, string nobody, int most) => db.All(
        """
        SELECT name, tasks FROM (
          SELECT w.name AS name, count(*) AS tasks, w.id AS id
          FROM tasks t INDEXED BY tasks_active JOIN workers w ON w.id = t.worker_id WHERE t.status = 3 AND t.job_id = $1 GROUP BY w.id
          UNION ALL
          SELECT $2, tasks_queued + tasks_soft_failed + tasks_pended + tasks_paused + tasks_failed, 0 FROM jobs WHERE id = $1)
        WHERE tasks > 0 ORDER BY tasks, name, id LIMIT $3
        """,
        static row => (row.GetString(0), row.GetInt64(1)), jobId, nobody, most);

    /// <summary>The places of tasks that failed, from a place on.</summary>
    public static List<long> Failed(SqliteSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks INDEXED BY tasks_failed WHERE job_id = $1 AND number >= $2 AND status = 6 ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);

    /// <summary>The places of tasks that workers hold, from a place on.</summary>
    public static List<long> Held(SqliteSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks INDEXED BY tasks_active WHERE status = 3 AND job_id = $1 AND number >= $2 ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);

    /// <summary>The places of tasks that are not gone, from a place on.</summary>
    public static List<long> Present(SqliteSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks WHERE job_id = $1 AND number >= $2 AND status NOT IN (5, 7) ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);
}
