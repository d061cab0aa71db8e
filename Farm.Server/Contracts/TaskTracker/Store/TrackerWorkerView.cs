using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A worker of this protocol (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Id">The integer id, used in the protocol.</param>
/// <param name="Uuid">The UUID, used in the rest of the farm.</param>
/// <param name="Alias">Its name.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
/// <param name="IsPaused">Whether an administrator paused it; the rest of the farm shows it as asleep.</param>
/// <param name="TasksClosed">The number of tasks it closed.</param>
internal sealed record TrackerWorker(long Id, Guid Uuid, string Alias, long CreatedAt, bool IsPaused, long TasksClosed);

/// <summary>Workers of this protocol, without deleted ones.</summary>
internal static class TrackerWorkerView
{
    /// <summary>The columns of <c>workers w LEFT JOIN tracker_workers t</c>.</summary>
    public const string Columns = "w.id, w.uuid, w.name AS alias, w.created_at, w.status = 3 AS is_paused, coalesce(t.tasks_closed, 0) AS tasks_closed";

    private const string Workers =
        $"SELECT {Columns} FROM workers w LEFT JOIN tracker_workers t ON t.worker_id = w.id WHERE w.contract = 'task_tracker' AND w.deleted_at IS NULL";

    /// <summary>The worker with this id, or null.</summary>
    public static TrackerWorker? Find(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<TrackerWorker>($"{Workers} AND w.id = @id", new { id });

    /// <summary>All workers, in order of registration.</summary>
    public static List<TrackerWorker> All(StoreSession db) => db.Connection.Query<TrackerWorker>($"{Workers} ORDER BY w.id").AsList();
}
