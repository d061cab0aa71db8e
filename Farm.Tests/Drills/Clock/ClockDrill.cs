using System.Diagnostics;
using System.Text;
using Farm.Tests.Drills.Load;
using Farm.Tests.Support;

namespace Farm.Tests.Drills.Clock;

/// <summary>
/// The clock of the server jumps forward and back while its workers work. None of them is given up for that, no task is taken from one, and a worker that
/// falls silent after the clock went back is still noticed.
/// </summary>
internal static class ClockDrill
{
    private const int DefaultRounds = 2;

    private static readonly TimeSpan NoticeTimeout = TimeSpan.FromMinutes(4);

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (FakeClock.WhySkipped is { } reason)
        {
            Console.WriteLine(reason);
            return Drill.Skipped;
        }

        var plan = ClockPlan.Long(Drill.Number(arguments, 0, DefaultRounds), Drill.Seed(arguments, 1));
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(ClockPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, jumps of {string.Join(", ", plan.Jumps.Select(Text))}, {plan.Clients} clients");
        using var directory = new TemporaryDirectory();
        var clock = new FakeClock(directory["clock"]);
        using var run = new DrillRun(output, environment: clock.Environment);
        await run.Server.StartAsync();
        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed, Pace: 0.6, Interrupts: false, AssignSeconds: 24 * 3600));
        await Task.Delay(plan.Life);
        await run.CompletedAsync(1);
        foreach (var jump in plan.Jumps)
        {
            var (acknowledged, givenUp, unknown) = (run.Ledger.Snapshot(), SteadyWork.GivenUp(run.Server).Count(), run.Ledger.Unknown);
            clock.Jump(jump);
            await Task.Delay(plan.Life);
            await run.CompletedAsync(1);
            run.Check(acknowledged, $"after a jump of {Text(jump)}");
            output($"{Text(jump)}: {run.Ledger.Completions.Count} completions, {run.Ledger.Unknown - unknown} requests without an answer, {SteadyWork.GivenUp(run.Server).Count() - givenUp} workers or tasks given up");
        }

        run.Violations.AddRange(SteadyWork.GivenUp(run.Server));
        if (plan.WatchesSilence) await WatchSilenceAsync(run, output);
        await run.FinishAsync();
        run.Violations.AddRange(run.Server.Read(db => SteadyWork.TakenAway(db).ToList()));
        return run.Report();
    }

    /// <summary>A worker takes a task and is never heard of again; the task must come back.</summary>
    private static async Task WatchSilenceAsync(DrillRun run, Action<string> output)
    {
        const string secret = "0123456789abcdef";
        var registered = await run.Farm.SendAsync(new("POST", "/api/v3/worker/register-worker", $$"""{"name":"silent","secret":"{{secret}}","platform":"linux","supported_task_types":["misc"]}"""));
        IReadOnlyList<(string, string)> credentials = [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{registered.Json["uuid"]}:{secret}"))}")];
        await run.Farm.SendAsync(new("POST", "/api/v3/worker/sign-on", """{"name":"silent","supported_task_types":["misc"],"software_version":"drill"}""", credentials));
        await run.Farm.SendAsync(new("POST", "/api/v3/worker/state-changed", """{"status":"awake"}""", credentials));
        while ((await run.Farm.SendAsync(new("POST", "/api/v3/worker/task", null, credentials))).Status != 200) await Task.Delay(200);
        var began = Stopwatch.GetTimestamp();
        while (run.Server.Read(db => db.Number("SELECT count(*) FROM attempts a JOIN workers w ON w.id = a.worker_id WHERE w.name = 'silent' AND a.outcome = 0")) > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > NoticeTimeout)
            {
                run.Violations.Add($"a worker that fell silent after the jumps was not noticed within {NoticeTimeout.TotalMinutes:0} minutes");
                return;
            }

            await Task.Delay(500);
        }

        output($"A worker that fell silent was noticed after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    private static string Text(TimeSpan jump) => $"{(jump < TimeSpan.Zero ? '-' : '+')}{jump:h\\:mm\\:ss}";
}
