using Farm.Dashboard.Ports;
using Farm.Server.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Runs the health checks for all open pages at once: one run at a time, and not more often than every <see cref="MaxAge"/>, because a check writes.
/// </summary>
internal sealed class LatestChecks(HealthCheckService checks, TimeProvider time)
{
    /// <summary>How long a result is used.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<HealthCheck>>? _run;
    private long _startedAt;

    /// <summary>The latest result, or that of the run which is under way.</summary>
    public Task<IReadOnlyList<HealthCheck>> ReadAsync()
    {
        lock (_lock)
        {
            if (_run is null || (_run.IsCompleted && time.GetElapsedTime(_startedAt) >= MaxAge)) (_run, _startedAt) = (RunAsync(), time.GetTimestamp());
            return _run;
        }
    }

    private async Task<IReadOnlyList<HealthCheck>> RunAsync()
    {
        // Not canceled with a page, because other pages wait for it too.
        var report = await Task.Run(() => checks.CheckHealthAsync());
        return [.. report.Entries.Select(entry => new HealthCheck(entry.Key, HealthResponse.Problem(entry.Value), HealthResponse.Warning(entry.Value)))];
    }
}
