using System.Text.Json.Nodes;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Managers;

/// <summary>Injects faults and measures how long the service is away.</summary>
internal sealed class FaultInjector(DrillFarm farm, LoadBalancer balancer, Probe probe, Random random)
{
    private static readonly Request Health = new("GET", "/health");
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(30);

    // After the end of a fault, what it left behind may still delay writes.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    /// <summary>Injects a fault, ends it, and waits until all is well.</summary>
    public async Task<FaultResult> RunAsync(Fault fault)
    {
        var leader = await LeaderAsync();
        if (fault.Kind is FaultKind.DatabaseRestart or FaultKind.DatabaseCrash) return await RestartAsync(fault);
        int[] others = [.. Enumerable.Range(0, farm.Managers.Count).Where(number => number != leader)];
        var victim = fault.HitsLeader ? leader : others[random.Next(others.Length)];
        var started = probe.Now;
        Begin(fault.Kind, farm.Managers[victim]);
        await Task.Delay(fault.Duration);
        var ended = probe.Now;
        await EndAsync(fault.Kind, farm.Managers[victim]);
        // A process that starts is back when it has started.
        if (fault.Kind == FaultKind.Kill) ended = probe.Now;
        var back = await HealthyAfterAsync(victim, ended);
        await Task.Delay(Aftermath);
        return new FaultResult(
            fault, farm.Managers[victim].Name, victim == leader, probe.LongestGap(started, probe.Now), TimeSpan.Zero, back,
            [.. probe.Failures(started, probe.Now)]);
    }

    private static void Begin(FaultKind kind, DrillManager manager)
    {
        if (kind == FaultKind.Kill) manager.Kill();
        else if (kind == FaultKind.Freeze) manager.Freeze();
        else manager.Link.Cut();
    }

    private async Task EndAsync(FaultKind kind, DrillManager manager)
    {
        if (kind == FaultKind.Kill) await manager.StartAsync(farm.SharedFiles);
        else if (kind == FaultKind.Freeze) manager.Thaw();
        else manager.Link.Heal();
    }

    private async Task<FaultResult> RestartAsync(Fault fault)
    {
        var started = probe.Now;
        await Task.Run(() => farm.Database.Restart(fault.Kind == FaultKind.DatabaseRestart ? "fast" : "immediate"));
        var up = probe.Now;
        var back = await Task.WhenAll(Enumerable.Range(0, farm.Managers.Count).Select(number => HealthyAfterAsync(number, up)));
        await Task.Delay(Aftermath);
        return new FaultResult(
            fault, "database", false, probe.LongestGap(started, probe.Now), up - started, back.Contains(null) ? null : back.Max(),
            [.. probe.Failures(started, probe.Now)]);
    }

    /// <summary>How long after a moment a manager says that all is well.</summary>
    private async Task<TimeSpan?> HealthyAfterAsync(int manager, TimeSpan moment)
    {
        while (probe.Now < moment + Allowed)
        {
            try
            {
                var answer = await balancer.SendAsync(manager, Health, TimeSpan.FromSeconds(1));
                if (answer.Status == 200) return probe.Now - moment;
                farm.Managers[manager].Output.Add($"{(probe.Now - moment).TotalSeconds:0.0} s after a fault: {answer.Text}");
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(50);
        }

        return null;
    }

    /// <summary>The manager that leads.</summary>
    private async Task<int> LeaderAsync()
    {
        var until = probe.Now + Allowed;
        while (probe.Now < until)
        {
            for (var number = 0; number < farm.Managers.Count; number++)
            {
                try
                {
                    var managers = (await balancer.SendAsync(number, Health, TimeSpan.FromSeconds(1))).Json["managers"]!.AsArray();
                    if (managers.Any(IsLeadingSelf)) return number;
                }
                catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
                {
                    // The next one.
                }
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("no manager leads");
    }

    private static bool IsLeadingSelf(JsonNode? manager) => (bool)manager!["self"]! && (bool)manager["leader"]!;
}
