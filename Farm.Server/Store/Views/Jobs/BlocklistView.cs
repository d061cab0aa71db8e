using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>A worker that is blocked from tasks of a type in a job.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="WorkerName">Its name.</param>
/// <param name="TaskType">The task type.</param>
internal sealed record BlockedWorker(Guid Worker, string WorkerName, string TaskType);

/// <summary>The blocklist of a job.</summary>
internal static class BlocklistView
{
    private const string OfOne =
        """
        SELECT w.uuid AS worker, w.name AS worker_name, b.task_type FROM blocklist b JOIN workers w ON w.id = b.worker_id
        WHERE b.job_id = @job ORDER BY b.worker_id, b.task_type
        """;

    /// <summary>The blocklist of a job, in order of worker registration.</summary>
    public static List<BlockedWorker> OfJob(StoreSession db, long job) => db.Connection.Query<BlockedWorker>(OfOne, new { job }).AsList();
}
