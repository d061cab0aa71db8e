using System.Diagnostics;

namespace Farm.Tests.Benchmarks;

/// <summary>The durations of many similar operations, each and in total.</summary>
/// <param name="Latencies">In ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Elapsed">From the first to the last.</param>
/// <param name="Processor">Processor time of this process during the measurement, including the load.</param>
internal sealed record Measurement(List<long> Latencies, TimeSpan Elapsed, TimeSpan Processor)
{
    private readonly Lazy<long[]> _sorted = new(() => [.. Latencies.Order()]);

    /// <summary>Operations per second.</summary>
    public double Rate => Latencies.Count / Elapsed.TotalSeconds;

    /// <summary>A percentile of the latency in milliseconds.</summary>
    public double Milliseconds(double share) =>
        _sorted.Value.Length == 0 ? 0 : _sorted.Value[(int)Math.Min(_sorted.Value.Length - 1, share * _sorted.Value.Length)] * 1000.0 / Stopwatch.Frequency;

    /// <summary>
    /// Processor time per operation in microseconds, the most reliable figure on a shared machine.
    /// </summary>
    public double ProcessorMicroseconds => Latencies.Count == 0 ? 0 : Processor.TotalMicroseconds / Latencies.Count;

    /// <summary>Measures several concurrent operations.</summary>
    public static async Task<Measurement> OfAsync(Func<long, IEnumerable<Task<List<long>>>> start)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var parts = await Task.WhenAll(start(started));
        return new([.. parts.SelectMany(part => part)], Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
    }
}
