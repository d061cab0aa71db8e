using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Farm;

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
        metrics.Gauge("farm_jobs", "Jobs by status.", () => store.Read(FarmCountsView.Jobs)
            .Select(count => new Sample(count.Jobs, ("status", count.Status.Name()))));
        metrics.Gauge("farm_workers", "Workers by status.", () => store.Read(FarmCountsView.Workers)
            .Select(count => new Sample(count.Workers, ("status", count.Status.Name()))));
        metrics.Gauge("farm_tasks_waiting", "Tasks that wait for a worker.", () => (double)Tasks(store).Sum(tasks => tasks.Queued + tasks.SoftFailed));
        metrics.Gauge("farm_tasks_active", "Tasks in the hands of a worker.", () => (double)Tasks(store).Sum(tasks => tasks.Active));
    }

    private static IEnumerable<TaskCounts> Tasks(FarmStore store) => store.Read(FarmCountsView.Jobs).Select(count => count.Tasks);
}
