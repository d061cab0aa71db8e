using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Soak;

/// <summary>Load of all protocols and readers of pages, for long. Nothing grows without bound, no answer is a 5xx, and nothing goes wrong in the log.</summary>
internal static class SoakDrill
{
    private const int DefaultMinutes = 15;
    private const int Readers = 4;

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var plan = new SoakPlan(TimeSpan.FromMinutes(Drill.Number(arguments, 0, DefaultMinutes)), Drill.Seed(arguments, 1), Clients: 80, TimeSpan.FromSeconds(1));
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(SoakPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Length.TotalSeconds:0} s, {plan.Clients} clients, {Readers} readers of pages");
        using var run = new DrillRun(output);
        await run.Server.StartAsync();
        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed, Pace: 0.3, Settle: TimeSpan.FromSeconds(1)));
        using var end = new CancellationTokenSource();
        List<PageReader> readers = [.. Enumerable.Range(0, Readers).Select(number => new PageReader(run, plan.Seed + number))];
        List<Task> reading = [.. readers.Select(reader => Task.Run(() => reader.RunAsync(end.Token)))];
        List<Sample> samples = [];
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < plan.Length; await Task.Delay(plan.Interval))
        {
            samples.Add(Sample.Take(run.Server, run.Ledger));
            if (samples.Count % 60 == 1) output($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {samples[^1]}");
        }

        await end.CancelAsync();
        await Task.WhenAll(reading);
        output($"In the end: {samples[^1]}; {readers.Sum(reader => reader.Count)} pages and lists read, {readers.Sum(reader => reader.Slow)} times the database took long");
        await run.FinishAsync();
        run.Violations.AddRange(Growth.Violations(samples));
        run.Violations.AddRange(run.Ledger.ServerErrors.CountBy(error => error).Select(error => $"{error.Value} times: {error.Key}"));
        return run.Report();
    }
}
