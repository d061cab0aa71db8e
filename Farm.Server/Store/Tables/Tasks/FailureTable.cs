using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Reads and writes task failures and the blocklist, and counts workers that could still run a task (Contracts/Flamenco/Contract.md section
/// 4.4).
/// </summary>
internal static class FailureTable
{
    /// <summary>Records that a worker failed a task; ignores repeats.</summary>
    public static void Insert(StoreSession db, long taskId, long workerId, long jobId, string taskType) => db.Execute(
        "INSERT INTO task_failures (task_id, worker_id, job_id, task_type) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        taskId, workerId, jobId, taskType);

    /// <summary>Number of different workers that failed a task.</summary>
    public static int WorkersThatFailed(StoreSession db, long taskId) =>
        (int)db.Number("SELECT count(*) FROM task_failures WHERE task_id = $1", taskId);

    /// <summary>Number of tasks of a type in a job that a worker failed.</summary>
    public static int TasksFailedBy(StoreSession db, long jobId, long workerId, string taskType) => (int)db.Number(
        "SELECT count(*) FROM task_failures WHERE job_id = $1 AND worker_id = $2 AND task_type = $3", jobId, workerId, taskType);

    /// <summary>
    /// Number of workers, except one, that could run tasks of a type in a job: not removed, supporting the type, having the required tag,
    /// and not on the blocklist. Offline and sleeping workers count.
    /// </summary>
    public static int CapableOthers(StoreSession db, long jobId, string taskType, long? tag, long exceptWorkerId) =>
        (int)db.Number(Capable, jobId, taskType, tag, exceptWorkerId);

    /// <summary>
    /// As <see cref="CapableOthers(StoreSession, long, string, long?, long)"/>, without workers that failed a given task.
    /// </summary>
    public static int CapableOthersForTask(StoreSession db, long jobId, string taskType, long? tag, long exceptWorkerId, long taskId) => (int)db.Number(
        Capable + " AND NOT EXISTS (SELECT 1 FROM task_failures f WHERE f.task_id = $5 AND f.worker_id = w.id)",
        jobId, taskType, tag, exceptWorkerId, taskId);

    /// <summary>Blocks a worker from tasks of a type in a job.</summary>
    public static void Block(StoreSession db, long jobId, long workerId, string taskType, long now) => db.Connection.Execute(
        """
        INSERT INTO blocklist (job_id, worker_id, task_type, created_at) VALUES (@jobId, @workerId, @taskType, @now) ON CONFLICT DO NOTHING
        """,
        new { jobId, workerId, taskType, now });

    /// <summary>Unblocks a worker for tasks of a type in a job.</summary>
    public static void Unblock(StoreSession db, long jobId, Guid worker, string taskType) => db.Connection.Execute(
        "DELETE FROM blocklist WHERE job_id = @jobId AND worker_id = (SELECT id FROM workers WHERE uuid = @worker) AND task_type = @taskType",
        new { jobId, worker, taskType });

    /// <summary>Forgets who failed a task.</summary>
    public static void ForgetTask(StoreSession db, long taskId) => db.Execute("DELETE FROM task_failures WHERE task_id = $1", taskId);

    /// <summary>Forgets who failed tasks.</summary>
    public static void ForgetTasks(StoreSession db, IReadOnlyList<TaskRef> tasks) =>
        db.Execute($"DELETE FROM task_failures WHERE task_id IN {TaskChangeSql.Ids}", TaskIds.Json(tasks));

    /// <summary>Forgets who failed the tasks of a job in a range of indexes, at most so many failures at once; returns how many.</summary>
    public static int Forget(StoreSession db, long jobId, long from, long to, int count) => db.Execute(
        """
        DELETE FROM task_failures WHERE (task_id, worker_id) IN (
          SELECT f.task_id, f.worker_id FROM tasks t JOIN task_failures f ON f.task_id = t.id WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3 LIMIT $4)
        """,
        jobId, from, to, count);

    /// <summary>Clears the blocklist of a job.</summary>
    public static void ClearBlocklist(StoreSession db, long jobId) => db.Connection.Execute("DELETE FROM blocklist WHERE job_id = @jobId", new { jobId });

    private const string Capable =
        """
        SELECT count(*) FROM worker_task_types wt JOIN workers w ON w.id = wt.worker_id
        WHERE wt.task_type = $2 AND w.id <> $4 AND w.deleted_at IS NULL
          AND (CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM worker_tags g WHERE g.worker_id = w.id AND g.tag_id = $3))
          AND NOT EXISTS (SELECT 1 FROM blocklist b WHERE b.job_id = $1 AND b.worker_id = w.id AND b.task_type = $2)
        """;
}
