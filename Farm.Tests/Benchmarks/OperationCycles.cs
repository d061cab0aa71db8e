using System.Diagnostics;
using Farm.Server.Operations.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Cycles of scheduling and completing a task without HTTP: the capacity of the store.</summary>
internal static class OperationCycles
{
    public static async Task<Measurement> MeasureAsync(StoreFarm farm, int workers, TimeSpan duration)
    {
        var ids = new List<long>();
        for (var i = 0; i < workers; i++) ids.Add((await farm.AwakeAsync($"op-{i}", "misc")).Id);
        var result = await Measurement.OfAsync(started => ids.Select(id => Task.Run(() => CycleAsync(farm, id, started, duration))));
        foreach (var id in ids) await farm.Presence.SignOffAsync(id);
        return result;
    }

    private static async Task<List<long>> CycleAsync(StoreFarm farm, long worker, long started, TimeSpan duration)
    {
        var latencies = new List<long>();
        var completed = new TaskReport(TaskStatus.Completed, "Completed", null, null);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var before = Stopwatch.GetTimestamp();
            if ((await farm.Scheduler.ScheduleAsync(worker)).Task is not { } task) break;
            await farm.Reports.ApplyAsync(worker, task.Uuid, task.AttemptId, completed);
            latencies.Add(Stopwatch.GetTimestamp() - before);
        }

        return latencies;
    }
}
