namespace Farm.Server.Store;

/// <summary>A worker as a tracker sees it (contracts/task_tracker.md section 3).</summary>
/// <param name="Id">The small integer.</param>
/// <param name="Uuid">The UUID that the rest of the farm shows.</param>
/// <param name="Alias">Its name.</param>
/// <param name="CreatedAt">Unix milliseconds.</param>
/// <param name="IsPaused">Whether an administrator lets it take no tasks.</param>
/// <param name="TasksClosed">How many tasks it closed.</param>
internal sealed record TrackerWorker(long Id, Guid Uuid, string Alias, long CreatedAt, bool IsPaused, long TasksClosed);

/// <summary>Workers as a tracker sees them.</summary>
internal static class TrackerWorkerRows
{
    /// <summary>The columns that <see cref="Read"/> reads, of <c>workers w LEFT JOIN tracker_workers t</c>.</summary>
    public const string Columns = "w.id, w.uuid, w.name, w.created_at, t.is_paused, t.tasks_closed";

    /// <summary>How many columns that are.</summary>
    public const int Width = 6;

    /// <summary>Reads a worker from the first columns of a row.</summary>
    public static TrackerWorker Read(Row row) =>
        new(row.GetInt64(0), row.Uuid(1), row.GetString(2), row.GetInt64(3), row.Flag(4), row.GetInt64(5));
}
