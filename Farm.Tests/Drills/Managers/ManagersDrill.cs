using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Managers;

/// <summary>
/// Three managers and many fake workers, while managers are killed, stopped and cut from the database, and the database is restarted. In the end,
/// everything that was acknowledged is there, and nothing was accepted twice.
/// </summary>
internal static class ManagersDrill
{
    private const int DefaultMinutes = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CalmTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Runs the drill from the command line.</summary>
    /// <param name="arguments">The minutes, or <c>short</c>; then the seed; then <c>proxy</c> for no network namespaces.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (PostgresCluster.WhySkipped is { } reason)
        {
            Console.WriteLine(reason);
            return 1;
        }

        var seed = arguments.Length > 1 ? int.Parse(arguments[1]) : Random.Shared.Next(1_000_000);
        var plan = arguments is ["short", ..] ? DrillPlan.Short(seed) : DrillPlan.Long(arguments.Length > 0 ? int.Parse(arguments[0]) : DefaultMinutes, seed);
        plan = plan with { UsesProxy = arguments is [.., "proxy"] };
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(DrillPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Clients} clients, {plan.Faults.Count} faults");
        using var farm = await DrillFarm.StartAsync(plan.UsesProxy);
        output(farm.UsesNamespaces
            ? "A manager is cut from the database by pulling the cable of its network namespace"
            : "A manager is cut from the database by a proxy, because network namespaces cannot be made or were not wanted");
        var ledger = new Ledger(enough: 6 * plan.Clients);
        using var balancer = new LoadBalancer([.. farm.Managers.Select(manager => manager.Address)], ledger, plan.Seed);
        using var load = await DrillLoad.StartAsync(farm.Managers[0].Token, balancer, ledger, new LoadOptions(plan.Clients, plan.Seed));
        var usual = await WarmUpAsync(load.Probe);
        output($"Longest gap without a fault: {usual.TotalSeconds:0.00} s");
        var results = await InjectAsync(plan, new FaultInjector(farm, balancer, load.Probe, new Random(plan.Seed)), output);
        output($"{load.Probe.Count} probes succeeded; completing what is left");
        var violations = new List<string>();
        await load.CalmAsync();
        if (!await FinishAsync(farm)) violations.Add($"not all tasks were completed within {CalmTimeout}");
        await load.StopAsync();
        farm.StopManagers();
        output("Checking all rows");
        using (var session = farm.Database.OpenForCheck()) violations.AddRange(LedgerCheck.Violations(ledger, session, isPostgres: true));
        violations.AddRange(results.Where(result => !result.IsGood(plan.IsStrict ? TimeSpan.Zero : usual))
            .Select(result => $"not back within {FaultResult.Bound}: {DrillReport.Line(result)}"));
        DrillReport.Write(results, ledger, violations, output);
        if (violations.Count > 0) DrillReport.WriteLogs(farm, output);
        return violations;
    }

    /// <summary>Waits until managers that have just started respond without delay, or will not.</summary>
    /// <returns>The longest time in the end in which nothing succeeded.</returns>
    private static async Task<TimeSpan> WarmUpAsync(Probe probe)
    {
        while (true)
        {
            await Task.Delay(WarmUp);
            var gap = probe.LongestGap(probe.Now - WarmUp, probe.Now);
            if (gap < TimeSpan.FromSeconds(0.5) || probe.Now > LongestWarmUp) return gap;
        }
    }

    private static async Task<List<FaultResult>> InjectAsync(DrillPlan plan, FaultInjector injector, Action<string> output)
    {
        var results = new List<FaultResult>();
        output(DrillReport.Head);
        foreach (var fault in plan.Faults)
        {
            var started = Stopwatch.GetTimestamp();
            results.Add(await injector.RunAsync(fault));
            output(DrillReport.Line(results[^1]));
            if (!results[^1].IsGood(TimeSpan.Zero)) DrillReport.WriteFailures(results[^1], output);
            if (plan.Period - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest);
        }

        return results;
    }

    /// <summary>Waits until all tasks are completed; false if that takes too long.</summary>
    private static async Task<bool> FinishAsync(DrillFarm farm)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < CalmTimeout)
        {
            if (farm.Database.Query("SELECT 1 FROM tasks WHERE status <> 5 UNION ALL SELECT 1 FROM jobs WHERE stays_open = 0 AND status <> 5 LIMIT 1") is [])
                return true;
            await Task.Delay(500);
        }

        return false;
    }
}
