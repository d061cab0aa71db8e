using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A worker and what it has in a project.</summary>
/// <param name="Worker">The worker as a tracker sees it.</param>
/// <param name="Access">What it has.</param>
internal sealed record WorkerWithAccess(TrackerWorker Worker, ProjectAccess Access);

/// <summary>What workers have in projects, and what managers may do there.</summary>
internal static class ProjectAccessTable
{
    /// <summary>What a worker has in a project; null for nothing.</summary>
    public static ProjectAccess? Of(SqliteSession db, long jobId, long workerId) => db.First(
        "SELECT may_assign, may_submit, is_pending FROM project_accesses WHERE job_id = $1 AND worker_id = $2",
        static row => new ProjectAccess(row.Flag(0), row.Flag(1), row.Flag(2)), jobId, workerId);

    /// <summary>All workers that have something in a project: granted first, then pending, each by name.</summary>
    public static List<WorkerWithAccess> All(SqliteSession db, long jobId) => db.All(
        $"""
        SELECT {TrackerWorkerTable.Columns}, a.may_assign, a.may_submit, a.is_pending
        FROM project_accesses a JOIN workers w ON w.id = a.worker_id LEFT JOIN tracker_workers t ON t.worker_id = w.id
        WHERE a.job_id = $1 AND w.deleted_at IS NULL ORDER BY a.is_pending, w.name, w.id
        """,
        static row => new WorkerWithAccess(
            TrackerWorkerTable.Read(row),
            new ProjectAccess(row.Flag(TrackerWorkerTable.Width), row.Flag(TrackerWorkerTable.Width + 1), row.Flag(TrackerWorkerTable.Width + 2))),
        jobId);

    /// <summary>How many workers have something in a project, or asked for it.</summary>
    public static long Count(SqliteSession db, long jobId) => db.Number("SELECT count(*) FROM project_accesses WHERE job_id = $1", jobId);

    /// <summary>Writes what a worker asks for.</summary>
    public static void Insert(SqliteSession db, long jobId, long workerId, ProjectAccess access) => db.Execute(
        "INSERT INTO project_accesses (job_id, worker_id, may_assign, may_submit, is_pending) VALUES ($1, $2, $3, $4, $5)",
        jobId, workerId, access.MayAssign, access.MaySubmit, access.IsPending);

    /// <summary>Grants what a worker asked for; false when it asked for nothing.</summary>
    public static bool Grant(SqliteSession db, long jobId, long workerId) =>
        db.Execute("UPDATE project_accesses SET is_pending = 0 WHERE job_id = $1 AND worker_id = $2", jobId, workerId) > 0;

    /// <summary>Takes away what a worker has or asked for; false when that is nothing.</summary>
    public static bool Remove(SqliteSession db, long jobId, long workerId) =>
        db.Execute("DELETE FROM project_accesses WHERE job_id = $1 AND worker_id = $2", jobId, workerId) > 0;
}
