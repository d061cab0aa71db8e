using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Kill;

/// <summary>
/// The server is killed at random moments under load and started again at once. After each kill, everything that was acknowledged before is there, nothing
/// that was refused was done, and all rows keep their rules.
/// </summary>
internal static class KillDrill
{
    private const int DefaultTimes = 200;

    /// <summary>One of so many kills hits a server that is just starting.</summary>
    private const int StartKills = 8;

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var plan = new KillPlan(Drill.Number(arguments, 0, DefaultTimes), Drill.Seed(arguments, 1), Clients: 60, TimeSpan.FromSeconds(2));
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(KillPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Times} kills, up to {plan.LongestLife.TotalSeconds:0.0} s of work before each, {plan.Clients} clients");
        using var run = new DrillRun(output);
        var random = new Random(plan.Seed);
        var first = await run.Server.StartAsync();
        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed, Pace: 0.1, Settle: TimeSpan.FromSeconds(1)));
        List<TimeSpan> starts = [];
        var startKills = 0;
        var began = Stopwatch.GetTimestamp();
        for (var kill = 1; kill <= plan.Times; kill++)
        {
            await run.CompletedAsync(plan.Clients / 6);
            await Task.Delay(plan.LongestLife * random.NextDouble());
            run.Server.Kill();
            var acknowledged = run.Ledger.Snapshot();
            if (random.Next(StartKills) == 0)
            {
                startKills++;
                run.Server.Launch();
                await Task.Delay(2 * first * random.NextDouble());
                run.Server.Kill();
            }

            starts.Add(await run.Server.StartAsync());
            if (!run.Check(acknowledged, $"after kill {kill}")) break;
            if (kill % 20 == 0) output($"{kill} kills in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s, {run.Ledger.Completions.Count} completions");
        }

        await run.FinishAsync();
        starts.Sort();
        output($"{starts.Count} kills, and {startKills} more of a server that was starting. Time from a start to the first answer: median {Seconds(starts[starts.Count / 2])}, longest {Seconds(starts[^1])}; of the empty farm: {Seconds(first)}");
        return run.Report();
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.00} s";
}
