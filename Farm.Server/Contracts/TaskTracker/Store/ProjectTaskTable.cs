using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>
/// The tasks of projects as a whole. Among them may be millions that are gone (completed or canceled), which no query here walks more than
/// once. Statuses: 3 active, 5 completed, 6 failed, 7 canceled.
/// </summary>
internal static class ProjectTaskTable
{
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
