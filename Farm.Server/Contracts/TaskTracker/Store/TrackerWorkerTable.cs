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

/// <summary>Workers as a tracker sees them.</summary>
internal static class TrackerWorkerTable
{
    /// <summary>The columns that <see cref="Read"/> reads, of <c>workers w LEFT JOIN tracker_workers t</c>.</summary>
    public const string Columns = "w.id, w.uuid, w.name, w.created_at, w.status = 3, t.tasks_closed";

    private const string Selected =
        $"SELECT {Columns} FROM workers w LEFT JOIN tracker_workers t ON t.worker_id = w.id WHERE w.contract = 'task_tracker' AND w.deleted_at IS NULL";

    /// <summary>How many columns that are.</summary>
    public const int Width = 6;

    /// <summary>The worker of a tracker with this id, or null.</summary>
    public static TrackerWorker? ById(SqliteSession db, long id) => db.First($"{Selected} AND w.id = $1", Read, id);

    /// <summary>All workers of a tracker in the order of their registration.</summary>
    public static List<TrackerWorker> All(SqliteSession db) => db.All($"{Selected} ORDER BY w.id", Read);

    /// <summary>Counts one more task that a worker closed.</summary>
    public static void CountClosed(SqliteSession db, long id) => db.Execute(
        "INSERT INTO tracker_workers (worker_id, tasks_closed) VALUES ($1, 1) ON CONFLICT (worker_id) DO UPDATE SET tasks_closed = tasks_closed + 1",
        id);

    /// <summary>Reads a worker from the first columns of a row.</summary>
    public static TrackerWorker Read(SqliteRow row) =>
        new(row.GetInt64(0), row.Uuid(1), row.GetString(2), row.GetInt64(3), row.Flag(4), row.GetInt64(5));
}
