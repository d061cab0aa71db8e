using System.Diagnostics;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>The benchmarks: <c>dotnet run -c Release --project Farm.Tests -- bench [part of a name] [largest backlog]</c>.</summary>
internal static class Bench
{
    private static readonly int[] Backlogs = [1_000, 100_000, 1_000_000];
    private static readonly int[] Workers = [1, 16, 64];
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(string filter, int largest)
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, data in {Path.GetTempPath()}, server and load in one process");
        if (Wanted(filter, "bare")) Bare();
        if (Wanted(filter, "http")) await HttpAsync(largest);
        if (Wanted(filter, "reads")) await ReadsAsync();
        if (Wanted(filter, "operations")) await OperationsAsync(largest);
        if (Wanted(filter, "waits")) await WaitsAsync();
        if (Wanted(filter, "holds")) await HoldsBench.RunAsync(Math.Min(largest, 200_000));
        // Takes a quarter of an hour, so only if it is asked for.
        if (filter.Equals("memory", StringComparison.OrdinalIgnoreCase)) await MemoryBench.RunAsync();
        if (Wanted(filter, "aspire")) await AspireAsync(largest);
        if (Wanted(filter, "managers")) await ManagersBench.RunAsync(Backlogs.Where(tasks => tasks <= largest), Duration);
        if (Wanted(filter, "tracker")) await TrackerBench.RunAsync(Backlogs.Where(tasks => tasks <= largest), Duration);
    }

    private static bool Wanted(string filter, string name) => name.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static void Bare()
    {
        var table = new Table("Bare SQLite, one update per commit", "", "commits/s", "p50 ms", "p99 ms");
        var bare = BareSqlite.Measure(Duration);
        table.Row("same pragmas, no server", F(bare.Rate), M(bare, 0.5), M(bare, 0.99));
    }

    /// <summary>Calls of workers and submitters for each backlog, next to bare SQLite and an empty endpoint.</summary>
    private static async Task HttpAsync(int largest)
    {
        var table = new Table("Over HTTP", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs", "of bare", "MB resident");
        foreach (var tasks in Backlogs.Where(tasks => tasks <= largest))
        {
            using var directory = new TemporaryDirectory();
            var (app, port) = await HttpCycles.StartAsync(directory["data"]);
            var took = await TimedAsync(() => RawWorker.SubmitAsync(port, tasks));
            table.Row($"submit {tasks:N0} tasks: {took.TotalSeconds:0.00} s", F(tasks / took.TotalSeconds));
            // All tasks depend on the first; after it there must be enough work for the whole measurement.
            await HttpCycles.MeasureAsync(port, 1, TimeSpan.FromSeconds(0.5));
            if (tasks == 1_000) await RawWorker.SubmitAsync(port, 200_000);
            foreach (var workers in Workers)
            {
                var bare = BareSqlite.Measure(TimeSpan.FromSeconds(1));
                var nothing = await HttpCycles.MeasureNothingAsync(workers, TimeSpan.FromSeconds(1));
                var cycles = await HttpCycles.MeasureAsync(port, workers, Duration);
                table.Row(
                    $"cycles, {workers} workers, backlog {tasks:N0}", F(cycles.Rate), M(cycles, 0.5), M(cycles, 0.99), M(cycles, 1),
                    F(cycles.ProcessorMicroseconds), $"{cycles.Rate / bare.Rate:0.00}", $"{Environment.WorkingSet >> 20}");
                table.Row("  an endpoint that does nothing, twice", F(nothing.Rate), M(nothing, 0.5), M(nothing, 0.99), M(nothing, 1), F(nothing.ProcessorMicroseconds));
                table.Row("  bare SQLite, one update per commit", F(bare.Rate), M(bare, 0.5), M(bare, 0.99), M(bare, 1), F(bare.ProcessorMicroseconds), "1.00");
            }

            await app.StopAsync();
            await app.DisposeAsync();
            var started = Stopwatch.GetTimestamp();
            (app, _) = await HttpCycles.StartAsync(directory["data"]);
            table.Row($"start with {tasks:N0} tasks: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Reads over HTTP on an idle farm.</summary>
    private static async Task ReadsAsync()
    {
        var table = new Table("Reads over HTTP, one after the other", "", "per s", "cpu µs");
        using var directory = new TemporaryDirectory();
        var (app, port) = await HttpCycles.StartAsync(directory["data"]);
        await ReadCycles.MeasureAsync(port, (what, rate, processor) => table.Row(what, F(rate), F(processor)));
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Submission, start-up and cycles without HTTP.</summary>
    private static async Task OperationsAsync(int largest)
    {
        var table = new Table("Operations without HTTP", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs", "MB managed", "MB resident");
        foreach (var tasks in Backlogs.Where(tasks => tasks <= largest))
        {
            using var directory = new TemporaryDirectory();
            await using (var farm = Open(directory))
            {
                var took = await TimedAsync(() => farm.SubmitAsync($"misc:{tasks}"));
                table.Row($"submit {tasks:N0} tasks: {took.TotalSeconds:0.00} s", F(tasks / took.TotalSeconds));
                foreach (var workers in Workers)
                {
                    if (tasks == 1000) await farm.SubmitAsync($"misc:{100_000}", priority: 40);
                    await OperationCycles.MeasureAsync(farm, workers, TimeSpan.FromSeconds(0.5));
                    var cycles = await OperationCycles.MeasureAsync(farm, workers, Duration);
                    table.Row(
                        $"cycles, {workers} workers, backlog {tasks:N0}", F(cycles.Rate), M(cycles, 0.5), M(cycles, 0.99), M(cycles, 1),
                        F(cycles.ProcessorMicroseconds), $"{GC.GetTotalMemory(false) >> 20}", $"{Environment.WorkingSet >> 20}");
                }
            }

            var started = Stopwatch.GetTimestamp();
            await using (Open(directory)) table.Row($"start with {tasks:N0} tasks: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        }
    }

    /// <summary>The longest wait of a small write while a million tasks are submitted, canceled and deleted.</summary>
    private static async Task WaitsAsync()
    {
        var table = new Table("A small write while a big change runs", "", "took s", "writes/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        using var directory = new TemporaryDirectory();
        await using var farm = Open(directory);
        var job = Guid.Empty;
        await RowAsync("submit 1,000,000 tasks", async () => job = await farm.SubmitAsync("misc:1000000"));
        await RowAsync("pause 1,000,000 tasks", () => ChangeAsync(JobStatus.PauseRequested));
        await RowAsync("requeue 1,000,000 tasks", () => ChangeAsync(JobStatus.Requeueing));
        await RowAsync("cancel 1,000,000 tasks", () => ChangeAsync(JobStatus.CancelRequested));
        await RowAsync("delete 1,000,000 tasks", async () =>
        {
            await farm.Jobs.DeleteAsync(Caller.Farm, job);
            await farm.BulkUpdates.DrainAsync();
        });

        async Task ChangeAsync(JobStatus to)
        {
            await farm.Jobs.SetStatusAsync(Caller.Farm, job, to, "bench");
            await farm.BulkUpdates.DrainAsync();
        }

        async Task RowAsync(string name, Func<Task> big)
        {
            var (waits, took) = await SmallWriteProbe.WhileAsync(farm, big);
            table.Row(
                name, $"{took.TotalSeconds:0.00}", F(waits.Rate), M(waits, 0.5), M(waits, 0.99), M(waits, 0.999), M(waits, 1));
        }
    }

    /// <summary>Entries pushed to a seed and handed out in batches over HTTP, and the longest wait of a small write meanwhile.</summary>
    private static async Task AspireAsync(int largest)
    {
        const int Workers = 16;
        const int BatchSize = 100;
        var table = new Table("Aspire: seeds of entries over HTTP", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs");
        foreach (var entries in Backlogs.Where(entries => entries <= Math.Min(largest, 100_000)))
        {
            using var directory = new TemporaryDirectory();
            var (app, port) = await HttpCycles.StartAsync(directory["data"]);
            var seed = await BatchCycles.SeedAsync(port, BatchSize);
            var took = await TimedAsync(() => BatchCycles.PushAsync(port, seed, entries));
            table.Row($"push {entries:N0} entries in one request: {took.TotalSeconds:0.00} s", F(entries / took.TotalSeconds));
            var (cycles, items) = await BatchCycles.MeasureAsync(port, Workers);
            table.Row(
                $"fetch, ack, complete by {BatchSize}, {Workers} workers: {items:N0} entries", F(items / cycles.Elapsed.TotalSeconds), M(cycles, 0.5), M(cycles, 0.99),
                M(cycles, 1), F(cycles.Processor.TotalMicroseconds / items));
            await app.StopAsync();
            await app.DisposeAsync();
        }

        using var probed = new TemporaryDirectory();
        await using var farm = new StoreFarm(probed["data"], TimeProvider.System, slice: 500);
        var waits = new Table("A small write while batches are pushed and handed out", "", "took s", "writes/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
        foreach (var size in new[] { 1, 100, 1000 })
        {
            foreach (var (name, work) in BatchCycles.InProcess(farm, size, Math.Min(100_000, size * 1000)))
            {
                var (probe, elapsed) = await SmallWriteProbe.WhileAsync(farm, work);
                waits.Row(
                    $"{name}, batches of {size}", $"{elapsed.TotalSeconds:0.00}", F(probe.Rate), M(probe, 0.5), M(probe, 0.99), M(probe, 0.999), M(probe, 1));
            }
        }
    }

    private static StoreFarm Open(TemporaryDirectory directory) => new(directory["data"], TimeProvider.System);

    private static async Task<TimeSpan> TimedAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static string F(double rate) => $"{rate:N0}";

    private static string M(Measurement measurement, double share) => $"{measurement.Milliseconds(share):0.00}";
}
