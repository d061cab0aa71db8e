using System.Diagnostics;

namespace Farm.Tests.Benchmarks;

/// <summary>How long each of many like things took, and all of them together.</summary>
/// <param name="Latencies">In ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Elapsed">From the first to the last.</param>
/// <param name="Processor">What this process took of the processors meanwhile, the load included.</param>
internal sealed record Measurement(List<long> Latencies, TimeSpan Elapsed, TimeSpan Processor)
{
    private readonly Lazy<long[]> _sorted = new(() => [.. Latencies.Order()]);

    /// <summary>How many per second.</summary>
    public double Rate => Latencies.Count / Elapsed.TotalSeconds;

    /// <summary>The time, in milliseconds, that this share of them did not exceed.</summary>
    public double Milliseconds(double share) =>
        _sorted.Value.Length == 0 ? 0 : _sorted.Value[(int)Math.Min(_sorted.Value.Length - 1, share * _sorted.Value.Length)] * 1000.0 / Stopwatch.Frequency;

    /// <summary>
    /// Microseconds of processor per thing: the figure that says most on a machine that others keep busy too.
    /// </summary>
    public double ProcessorMicroseconds => Latencies.Count == 0 ? 0 : Processor.TotalMicroseconds / Latencies.Count;

    /// <summary>Measures what several do side by side.</summary>
    public static async Task<Measurement> OfAsync(Func<long, IEnumerable<Task<List<long>>>> start)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var parts = await Task.WhenAll(start(started));
        return new([.. parts.SelectMany(part => part)], Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
    }
}
