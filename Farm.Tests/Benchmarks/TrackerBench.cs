using System.Diagnostics;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Figures of the tracker over HTTP: submit, take and release, by number of workers and waiting tasks.</summary>
internal static class TrackerBench
{
    private static readonly int[] Workers = [1, 16];

    public static async Task RunAsync(IEnumerable<int> backlogs, TimeSpan duration)
    {
        var table = new Table("A tracker over HTTP", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs", "MB resident");
        foreach (var tasks in backlogs)
        {
            using var directory = new TemporaryDirectory();
            var (app, port) = await HttpCycles.StartAsync(directory["data"]);
            var project = await TrackerCycles.ProjectAsync(app, "load");
            var workers = await TrackerCycles.WorkersAsync(app, port, project, 16);
            var started = Stopwatch.GetTimestamp();
            await TrackerCycles.FillAsync(workers[0], tasks);
            var took = Stopwatch.GetElapsedTime(started);
            Row($"bulk submit of {tasks:N0}: {took.TotalSeconds:0.00} s", null, tasks / took.TotalSeconds);
            Row($"take, 1 worker, backlog {tasks:N0}, right after it", await TrackerCycles.MeasureAsync([workers[0]], worker => worker.TakeAsync(), TimeSpan.FromSeconds(0.5)));
            foreach (var count in Workers)
            {
                var some = workers[..count];
                Row($"submit, {count} workers, backlog {tasks:N0}", await TrackerCycles.MeasureAsync(some, worker => worker.SubmitAsync(), duration));
                Row($"take, {count} workers, backlog {tasks:N0}", await TrackerCycles.MeasureAsync(some, worker => worker.TakeAsync(), duration / 3));
                Row($"take and release, {count} workers, backlog {tasks:N0}", await TrackerCycles.MeasureAsync(some, worker => worker.CycleAsync(), duration));
            }

            foreach (var worker in workers) worker.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await VotesAsync(backlogs.Where(tasks => tasks <= 100_000), Row);

        void Row(string name, Measurement? measured, double rate = 0) => table.Row(
            name, $"{measured?.Rate ?? rate:N0}", M(measured, 0.5), M(measured, 0.99), M(measured, 1),
            measured is null ? "" : $"{measured.ProcessorMicroseconds:N0}", $"{Environment.WorkingSet >> 20}");
    }

    /// <summary>The cost of taking a task behind many that the worker has voted on.</summary>
    private static async Task VotesAsync(IEnumerable<int> backlogs, Action<string, Measurement?, double> row)
    {
        foreach (var tasks in backlogs)
        {
            using var directory = new TemporaryDirectory();
            var (app, port) = await HttpCycles.StartAsync(directory["data"]);
            var project = await TrackerCycles.ProjectAsync(app, "votes");
            var workers = await TrackerCycles.WorkersAsync(app, port, project, 1);
            for (var i = 0; i < tasks; i += 5000) await workers[0].BulkAsync(i, Math.Min(5000, tasks - i), verifications: 2);
            await TrackerCycles.VoteAsync(app, workers[0], project, tasks);
            await workers[0].BulkAsync(tasks, 5000);
            row(
                $"take behind {tasks:N0} on which one voted",
                await TrackerCycles.MeasureAsync(workers, worker => worker.TakeAsync(), TimeSpan.FromSeconds(1)), 0);
            workers[0].Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    private static string M(Measurement? measured, double share) => measured is null ? "" : $"{measured.Milliseconds(share):0.00}";
}
