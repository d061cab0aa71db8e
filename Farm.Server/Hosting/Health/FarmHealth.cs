using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Hosting.Health;

/// <summary>What of the farm itself is checked and counted.</summary>
internal static class FarmHealth
{
    /// <summary>Adds the checks and the numbers.</summary>
    public static void Watch(FarmStore store, HealthChecks checks, MetricsRegistry metrics)
    {
        checks.Add("database", async _ =>
        {
            await store.Write(tx => { });
            return null;
        });
        metrics.Gauge("farm_jobs", "Jobs by status.", () => store.Read(db => Count(
            db, "SELECT status, count(*) FROM jobs GROUP BY status", status => ((JobStatus)status).Name())));
        metrics.Gauge("farm_workers", "Workers by status.", () => store.Read(db => Count(
            db, "SELECT status, count(*) FROM workers WHERE deleted_at IS NULL GROUP BY status", status => ((WorkerStatus)status).Name())));
        metrics.Gauge("farm_tasks_waiting", "Tasks that wait for a worker.", () => store.Read(db => (double)db.Number(
            "SELECT coalesce(sum(tasks_queued + tasks_soft_failed), 0) FROM jobs")));
        metrics.Gauge("farm_tasks_active", "Tasks in the hands of a worker.", () => store.Read(db => (double)db.Number(
            "SELECT coalesce(sum(tasks_active), 0) FROM jobs")));
    }

    private static IEnumerable<Sample> Count(SqliteSession db, string sql, Func<int, string> name) =>
        db.All(sql, row => new Sample(row.GetInt64(1), ("status", name(row.GetInt32(0)))));
}
