using System.Diagnostics;

namespace Farm.Tests.Benchmarks;

/// <summary>How long each of many like things took, and all of them together.</summary>
/// <param name="Latencies">In ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Elapsed">From the first to the last.</param>
internal sealed record Measurement(List<long> Latencies, TimeSpan Elapsed)
{
    private readonly Lazy<long[]> _sorted = new(() => [.. Latencies.Order()]);

    /// <summary>How many per second.</summary>
    public double Rate => Latencies.Count / Elapsed.TotalSeconds;

    /// <summary>The time, in milliseconds, that this share of them did not exceed.</summary>
    public double Milliseconds(double share) =>
        _sorted.Value.Length == 0 ? 0 : _sorted.Value[(int)Math.Min(_sorted.Value.Length - 1, share * _sorted.Value.Length)] * 1000.0 / Stopwatch.Frequency;

    public static Measurement Sum(IEnumerable<List<long>> parts, TimeSpan elapsed) => new([.. parts.SelectMany(part => part)], elapsed);
}
