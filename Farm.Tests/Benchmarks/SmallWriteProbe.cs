using System.Diagnostics;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Repeats a small write during a large operation to find the longest wait of a worker.</summary>
internal static class SmallWriteProbe
{
    public static async Task<(Measurement Waits, TimeSpan Big)> WhileAsync(StoreFarm farm, Func<Task> big)
    {
        var worker = await farm.AwakeAsync("probe", "probe");
        var latencies = new List<long>();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var running = Task.Run(big);
        while (!running.IsCompleted)
        {
            var before = Stopwatch.GetTimestamp();
            await farm.Scheduler.ScheduleAsync(worker.Id);
            latencies.Add(Stopwatch.GetTimestamp() - before);
        }

        await running;
        var elapsed = Stopwatch.GetElapsedTime(started);
        return (new Measurement(latencies, elapsed, Environment.CpuUsage.TotalTime - processor), elapsed);
    }
}
