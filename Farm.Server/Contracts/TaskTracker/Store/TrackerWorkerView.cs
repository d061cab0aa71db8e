using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A worker as a tracker sees it (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Id">The small integer.</param>
/// <param name="Uuid">The UUID that the rest of the farm shows.</param>
/// <param name="Alias">Its name.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
/// <param name="IsPaused">Whether an administrator lets it take no tasks: to the rest of the farm it is asleep.</param>
/// <param name="TasksClosed">How many tasks it closed.</param>
internal sealed record TrackerWorker(long Id, Guid Uuid, string Alias, long CreatedAt, bool IsPaused, long TasksClosed);

/// <summary>Workers as a tracker sees them. Removed ones are not among them.</summary>
internal static class TrackerWorkerView
{
    /// <summary>The columns of <c>workers w LEFT JOIN tracker_workers t</c>.</summary>
    public const string Columns = "w.id, w.uuid, w.name AS alias, w.created_at, w.status = 3 AS is_paused, coalesce(t.tasks_closed, 0) AS tasks_closed";

    private const string Workers =
        $"SELECT {Columns} FROM workers w LEFT JOIN tracker_workers t ON t.worker_id = w.id WHERE w.contract = 'task_tracker' AND w.deleted_at IS NULL";

    /// <summary>The worker of a tracker with this id, or null.</summary>
    public static TrackerWorker? Find(SqliteSession db, long id) =>
        db.Connection.QueryFirstOrDefault<TrackerWorker>($"{Workers} AND w.id = @id", new { id });

    /// <summary>All workers of a tracker in the order of their registration.</summary>
    public static List<TrackerWorker> All(SqliteSession db) => db.Connection.Query<TrackerWorker>($"{Workers} ORDER BY w.id").AsList();
}
