using System.Diagnostics.Metrics;

namespace Farm.Server.Store.Engine;

/// <summary>Metrics of the writer (<c>GET /metrics</c>).</summary>
internal static class WriteMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Farm.Store";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<int> Operations = Meter.CreateHistogram(
        "farm.store.commit.operations", null, "Operations per commit.", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 512] });

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "farm.store.commit.duration", "s", "Time from the start of a transaction until it is on disk.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "farm.store.commit.failures", null, "Transactions that could not be committed.");

    /// <summary>Counts a committed transaction.</summary>
    /// <param name="operations">The number of operations.</param>
    /// <param name="duration">Time from its start until it is on disk.</param>
    public static void Committed(int operations, TimeSpan duration)
    {
        Operations.Record(operations);
        Duration.Record(duration.TotalSeconds);
    }

    /// <summary>Counts a transaction that could not be committed.</summary>
    public static void Failed() => Failures.Add(1);
}
