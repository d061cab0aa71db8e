using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Answers;

/// <summary>
/// Answers are lost on the way. Clients repeat what their protocol lets them repeat: a completion counts once and its log is there once, a worker that asks
/// again is given the same attempt, and nothing that was acknowledged is lost.
/// </summary>
internal static class AnswersDrill
{
    private const int DefaultMinutes = 5;

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var plan = new AnswersPlan(TimeSpan.FromMinutes(Drill.Number(arguments, 0, DefaultMinutes)), Drill.Seed(arguments, 1), Clients: 60);
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(AnswersPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Length.TotalSeconds:0} s, {plan.Clients} clients");
        using var run = new DrillRun(output)
        {
            // Kestrel's own, about a connection that was reset within the body of a request.
            IsExpected = line => line.Contains("automatic draining of the request body failed", StringComparison.Ordinal),
        };
        await run.Server.StartAsync();
        using var proxy = new CuttingProxy(run.Server.Address.Port, plan.Seed) { IsKind = true };
        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed, Pace: 0.3, Interrupts: false, AssignSeconds: 3600), proxy.Address);
        proxy.IsKind = false;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < plan.Length; await Task.Delay(1000)) run.Recount();
        proxy.IsKind = true;
        await run.FinishAsync();
        output(proxy.Figures);
        run.Violations.AddRange(run.Server.Read(db => LedgerCheck.UnknownAttempts(run.Ledger, db)));
        run.Violations.AddRange(run.Server.Read(db => SteadyWork.TakenAway(db).ToList()));
        return run.Report();
    }
}
