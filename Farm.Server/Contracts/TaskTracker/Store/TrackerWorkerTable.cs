using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>The data of tracker workers besides the workers themselves.</summary>
internal static class TrackerWorkerTable
{
    /// <summary>Counts a task that a worker closed.</summary>
    public static void CountClosed(StoreSession db, long id) => db.Execute(
        "INSERT INTO tracker_workers (worker_id, tasks_closed) VALUES ($1, 1) ON CONFLICT (worker_id) DO UPDATE SET tasks_closed = tracker_workers.tasks_closed + 1",
        id);
}
