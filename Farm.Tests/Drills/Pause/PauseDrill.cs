using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Pause;

/// <summary>
/// The server is stopped where it is and goes on later, as when a virtual machine is moved or a laptop sleeps. Workers finish their tasks meanwhile; none of
/// them is given up, and no task is taken from one.
/// </summary>
internal static class PauseDrill
{
    private const int DefaultMinutes = 10;

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.WriteLine("Windows cannot stop a process like this.");
            return Drill.Skipped;
        }

        var plan = PausePlan.Long(Drill.Number(arguments, 0, DefaultMinutes), Drill.Seed(arguments, 1));
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(PausePlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, pauses of {string.Join(", ", plan.Pauses.Select(pause => $"{pause.TotalSeconds:0}"))} s, {plan.Clients} clients");
        using var run = new DrillRun(output);
        await run.Server.StartAsync();
        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed, Pace: 0.3, Interrupts: false, AssignSeconds: 3600));
        var random = new Random(plan.Seed);
        foreach (var pause in plan.Pauses)
        {
            await run.CompletedAsync(1);
            await Task.Delay(plan.LongestLife * random.NextDouble());
            var (acknowledged, givenUp) = (run.Ledger.Snapshot(), SteadyWork.GivenUp(run.Server).Count());
            run.Server.Process.Freeze();
            await Task.Delay(pause);
            run.Server.Process.Thaw();
            await run.CompletedAsync(1);
            run.Check(acknowledged, $"after a pause of {pause.TotalSeconds:0} s");
            output($"Stopped for {pause.TotalSeconds:0} s; {run.Ledger.Completions.Count} completions, {run.Ledger.Unknown} requests without an answer, {SteadyWork.GivenUp(run.Server).Count() - givenUp} workers or tasks given up");
        }

        await run.FinishAsync();
        run.Violations.AddRange(SteadyWork.GivenUp(run.Server));
        run.Violations.AddRange(run.Server.Read(db => SteadyWork.TakenAway(db).ToList()));
        return run.Report();
    }
}
