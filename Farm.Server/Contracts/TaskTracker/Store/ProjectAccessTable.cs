using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Access of workers to projects.</summary>
internal static class ProjectAccessTable
{
    /// <summary>The access of a worker to a project, or null. Hot path: read at every hand-out.</summary>
    public static ProjectAccess? Of(StoreSession db, long jobId, long workerId) => db.First(
        "SELECT may_assign, may_submit, is_pending FROM project_accesses WHERE job_id = $1 AND worker_id = $2",
        static row => new ProjectAccess(row.Flag(0), row.Flag(1), row.Flag(2)), jobId, workerId);

    /// <summary>The number of workers with granted or requested access to a project.</summary>
    public static long Count(StoreSession db, long job) =>
        db.Connection.ExecuteScalar<long>("SELECT count(*) FROM project_accesses WHERE job_id = @job", new { job });

    /// <summary>Inserts the access of a worker.</summary>
    public static void Insert(StoreSession db, long job, long worker, ProjectAccess access) => db.Connection.Execute(
        """
        INSERT INTO project_accesses (job_id, worker_id, may_assign, may_submit, is_pending)
        VALUES (@job, @worker, @MayAssign, @MaySubmit, @IsPending)
        """,
        new { job, worker, access.MayAssign, access.MaySubmit, access.IsPending });

    /// <summary>Grants the requested access of a worker; false when there is none.</summary>
    public static bool Grant(StoreSession db, long job, long worker) => db.Connection.Execute(
        "UPDATE project_accesses SET is_pending = 0 WHERE job_id = @job AND worker_id = @worker", new { job, worker }) > 0;

    /// <summary>Deletes the access of a worker; false when there is none.</summary>
    public static bool Remove(StoreSession db, long job, long worker) =>
        db.Connection.Execute("DELETE FROM project_accesses WHERE job_id = @job AND worker_id = @worker", new { job, worker }) > 0;
}
