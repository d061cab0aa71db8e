using System.Diagnostics.Metrics;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Farm;

namespace Farm.Server.Hosting.Health;

/// <summary>
/// Gauges of the farm, read on each scrape from the counts of jobs. A status without members is reported as 0; a missing series would keep
/// its last value in Prometheus.
/// </summary>
internal sealed class FarmGauges
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Farm";

    private readonly FarmStore _store;

    /// <summary>Registers the gauges of a store.</summary>
    public FarmGauges(IMeterFactory meters, FarmStore store)
    {
        _store = store;
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("farm.jobs", Jobs, null, "Jobs by status.");
        meter.CreateObservableGauge("farm.tasks", Tasks, null, "Tasks by status.");
        meter.CreateObservableGauge("farm.workers", Workers, null, "Workers by status.");
        meter.CreateObservableGauge("farm.tasks_waiting", Waiting, null, "Tasks waiting for a worker.");
        meter.CreateObservableGauge("farm.tasks_active", Active, null, "Tasks assigned to a worker.");
        meter.CreateObservableGauge("farm.store.queue", () => store.WaitingWrites, null, "Operations waiting for the writer.");
        meter.CreateObservableGauge("farm.store.log", () => store.LogBytes, "By", "Size of the write-ahead log that is not yet in the database file.");
    }

    private IEnumerable<Measurement<long>> Jobs()
    {
        var counts = _store.Read(FarmCountsView.Jobs).ToDictionary(row => row.Status, row => row.Jobs);
        return Enum.GetValues<JobStatus>().Select(status => ByStatus(counts.GetValueOrDefault(status), status.Name()));
    }

    private IEnumerable<Measurement<long>> Tasks()
    {
        var counts = Counts();
        return Enum.GetValues<TaskStatus>().Select(status => ByStatus(counts[status], status.Name()));
    }

    private IEnumerable<Measurement<long>> Workers()
    {
        var counts = _store.Read(FarmCountsView.Workers).ToDictionary(row => row.Status, row => row.Workers);
        return Enum.GetValues<WorkerStatus>().Select(status => ByStatus(counts.GetValueOrDefault(status), status.Name()));
    }

    private long Waiting() => Counts() is var counts ? counts.Queued + counts.SoftFailed : 0;

    private long Active() => Counts().Active;

    private TaskCounts Counts() => _store.Read(FarmCountsView.Jobs).Aggregate(default(TaskCounts), (sum, row) => sum + row.Tasks);

    private static Measurement<long> ByStatus(long count, string status) => new(count, new KeyValuePair<string, object?>("status", status));
}
