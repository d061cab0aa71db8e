using System.Diagnostics;
using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Disk;

/// <summary>
/// The disk fills up under load, and is freed; the server is killed while it is full; and the file system becomes read-only. What is refused changes nothing
/// and is said in the form of the protocol, the health check tells, and work goes on by itself when there is space.
/// </summary>
internal static class DiskDrill
{
    private const int Megabytes = 24;
    private const int Ext4Megabytes = 48;

    private static readonly string[] Expected = ["Cannot write to the database", "Cannot write the log file", "Bulk update failed; retrying", "Cannot store a file"];

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (SmallDisk.WhySkipped is { } reason)
        {
            Console.WriteLine(reason);
            return Drill.Skipped;
        }

        var plan = new DiskPlan(Drill.Seed(arguments, 0), Clients: 60, TimeSpan.FromSeconds(20), Rounds: 4);
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(DiskPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Rounds} times full for {plan.Full.TotalSeconds:0} s, {plan.Clients} clients");
        var violations = await RunFullAsync(plan, output);
        using var disk = SmallDisk.Ext4(Ext4Megabytes);
        if (disk is null) output("The file system was not made read-only: that needs mkfs.ext4 and a loop device.");
        else violations = [.. violations, .. await RunReadOnlyAsync(plan, disk, output)];
        return violations;
    }

    private static async Task<List<string>> RunFullAsync(DiskPlan plan, Action<string> output)
    {
        using var disk = SmallDisk.InMemory(Megabytes);
        using var run = NewRun(disk, output);
        await run.Server.StartAsync();
        await run.StartLoadAsync(Options(plan));
        var refusals = new Refusals(run);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            await run.CompletedAsync(plan.Clients / 2);
            var acknowledged = run.Ledger.Snapshot();
            await FillAsync(plan, disk, run, refusals);
            // Every second time, the server is killed meanwhile.
            var isStarted = round % 2 == 1 || await RestartAsync(run, disk, output);
            disk.Free();
            var freed = Stopwatch.GetTimestamp();
            if (!isStarted) await run.Server.StartAsync();
            if (!await refusals.HealthAsync(200)) run.Violations.Add("after space was freed, /health stays bad");
            await run.CompletedAsync(1);
            output($"Round {round}: work went on {Stopwatch.GetElapsedTime(freed).TotalSeconds:0.0} s after space was freed{(isStarted ? "" : " and the server was started")}");
            run.Check(acknowledged, $"round {round}");
        }

        output($"Answers on a full disk: {refusals.Figures}");
        await run.FinishAsync();
        return run.Report();
    }

    /// <summary>Keeps the disk full while clients go on.</summary>
    private static async Task FillAsync(DiskPlan plan, SmallDisk disk, DrillRun run, Refusals refusals)
    {
        disk.Fill();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < plan.Full; await Task.Delay(300))
        {
            disk.Fill();
            await refusals.TryAllAsync("full");
        }

        disk.Fill();
        if (!await refusals.HealthAsync(503)) run.Violations.Add("on a full disk, /health says that all is well");
    }

    /// <summary>Kills the server while the disk is full, and starts it; it may refuse to start, if it says why.</summary>
    private static async Task<bool> RestartAsync(DrillRun run, SmallDisk disk, Action<string> output)
    {
        run.Server.Kill();
        disk.Fill();
        try
        {
            output($"Killed and started on a full disk in {(await run.Server.StartAsync()).TotalSeconds:0.0} s");
            return true;
        }
        catch (InvalidOperationException refused)
        {
            output($"Killed, and not started on a full disk: {refused.Message.Trim()}");
            if (refused.Message.Contains("   at ", StringComparison.Ordinal)) run.Violations.Add("the server does not start on a full disk, and shows a stack trace");
            run.Server.Kill();
            return false;
        }
    }

    private static async Task<List<string>> RunReadOnlyAsync(DiskPlan plan, SmallDisk disk, Action<string> output)
    {
        using var run = NewRun(disk, output);
        await run.Server.StartAsync();
        await run.StartLoadAsync(Options(plan));
        var refusals = new Refusals(run);
        await run.CompletedAsync(plan.Clients / 2);
        var acknowledged = run.Ledger.Snapshot();
        disk.Fail();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < plan.Full; await Task.Delay(300)) await refusals.TryAllAsync("read-only");
        if (!await refusals.HealthAsync(503)) run.Violations.Add("on a read-only file system, /health says that all is well");
        run.Server.Kill();
        disk.Repair();
        await run.Server.StartAsync();
        run.Check(acknowledged, "after the file system was read-only");
        output($"Answers on a read-only file system: {refusals.Figures}");
        await run.FinishAsync();
        return run.Report();
    }

    private static LoadOptions Options(DiskPlan plan) => new(plan.Clients, plan.Seed, Pace: 0.2, Settle: TimeSpan.FromSeconds(1));

    private static DrillRun NewRun(SmallDisk disk, Action<string> output) => new(output, Path.Combine(disk.Root, "farm"))
    {
        IsExpected = line => Expected.Any(expected => line.Contains(expected, StringComparison.Ordinal)),
    };
}
