using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>
/// Queries for bulk changes of project tasks. Millions may be completed or canceled, so no query scans those more than once. Statuses: 3 active,
/// 5 completed, 6 failed, 7 canceled.
/// </summary>
internal static class ProjectTaskTable
{
    /// <summary>The indexes of failed tasks, from an index on.</summary>
    public static List<long> Failed(StoreSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks INDEXED BY tasks_failed WHERE job_id = $1 AND number >= $2 AND status = 6 ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);

    /// <summary>The indexes of assigned tasks, from an index on.</summary>
    public static List<long> Held(StoreSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks INDEXED BY tasks_active WHERE status = 3 AND job_id = $1 AND number >= $2 ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);

    /// <summary>The indexes of tasks that are not completed or canceled, from an index on.</summary>
    public static List<long> Present(StoreSession db, long jobId, long from, int count) => db.All(
        "SELECT number FROM tasks WHERE job_id = $1 AND number >= $2 AND status NOT IN (5, 7) ORDER BY number LIMIT $3",
        static row => row.GetInt64(0), jobId, from, count);
}
