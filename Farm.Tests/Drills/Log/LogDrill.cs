using Farm.Tests.Drills.Load;

namespace Farm.Tests.Drills.Log;

/// <summary>
/// The server is killed, and what it wrote last to the database's log is torn, as a power cut leaves it. It starts again, everything that was acknowledged
/// before the torn part was written is there, nothing is half done, and no log of a task shows garbage.
/// </summary>
internal static class LogDrill
{
    private const int DefaultRounds = 40;
    private const int ReadLogs = 20;

    /// <summary>Runs the drill from the command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var plan = new LogPlan(Drill.Number(arguments, 0, DefaultRounds), Drill.Seed(arguments, 1), Clients: 40, TimeSpan.FromSeconds(2));
        return (await RunAsync(plan, Console.WriteLine)).Count == 0 ? 0 : 1;
    }

    /// <summary>Runs the drill.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="output">Receives lines for people.</param>
    /// <returns>Everything that is wrong.</returns>
    public static async Task<List<string>> RunAsync(LogPlan plan, Action<string> output)
    {
        output($"Seed {plan.Seed}, {plan.Rounds} rounds, {plan.Clients} clients in each");
        using var run = new DrillRun(output);
        var random = new Random(plan.Seed);
        List<Ledger> acknowledged = [];
        var lost = 0;
        await run.Server.StartAsync();
        for (var round = 1; round <= plan.Rounds && run.Violations.Count == 0; round++)
        {
            await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed * 100 + round, Pace: 0.05));
            await run.CompletedAsync(1);
            await Task.Delay(plan.LongestLife * random.NextDouble());
            // In this order: what is acknowledged is in the log that is read after it, or has left it for the database.
            acknowledged.Add(run.Ledger.Snapshot());
            var before = WalFile.Read(run.Server.Database);
            await Task.Delay(plan.LongestLife / 2 * random.NextDouble());
            run.Server.Kill();
            var all = run.Ledger.Snapshot();
            var what = TearLog(run.Server, before, random);
            await run.Server.StartAsync();
            run.Check(acknowledged[^1], $"round {round}");
            await CheckLogsAsync(run, acknowledged[^1], round);
            lost += all.Completions.Count - run.Server.Read(db => Kept(all, db));
            if (plan.Rounds <= 10 || round % 10 == 0) output($"Round {round}: {what}");
            // These clients know of things that are lost.
            await run.StopLoadAsync();
        }

        await run.StartLoadAsync(new LoadOptions(plan.Clients, plan.Seed * 100, Pace: 0.05));
        await run.CompletedAsync(plan.Clients);
        await run.StopAsync();
        run.Check(run.Ledger, "in the end");
        foreach (var ledger in acknowledged) run.Check(ledger, "in the end");
        output($"{acknowledged.Sum(ledger => ledger.Completions.Count)} completions were acknowledged before the torn parts and are there; {lost} acknowledged within them are not");
        return run.Report();
    }

    /// <summary>Tears the log where it may not have been on the disk when that was acknowledged.</summary>
    private static string TearLog(DrillServer server, WalFile before, Random random)
    {
        var now = WalFile.Read(server.Database);
        var (path, length) = (server.Database + "-wal", new FileInfo(server.Database + "-wal").Length);
        // A log that started again has nothing of before; a checkpoint waits until what it reads is on the disk.
        var safe = Math.Max(now.BackfilledLength(server.Database), now.Salts == before.Salts ? before.CommittedLength : 0);
        var what = TornFile.Tear(path, Math.Min(safe, length), Math.Max(Math.Min(safe, length), now.CommittedLength), random);
        // After a power cut, the index is gone or old.
        if (random.Next(2) == 0) File.Delete(server.Database + "-shm");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(server.Data, "logs"))) what += TearOwnLog(file, random);
        return what;
    }

    /// <summary>The server's own log is not written to the disk at once.</summary>
    private static string TearOwnLog(string file, Random random)
    {
        var length = new FileInfo(file).Length;
        return length == 0 ? "" : $"; {Path.GetFileName(file)}: {TornFile.Tear(file, length / 2, length, random)}";
    }

    private static int Kept(Ledger ledger, Farm.Server.Store.Engine.StoreSession db)
    {
        var done = db.All("SELECT uuid, name FROM tasks WHERE status = 5", row => (string[])[$"uuid:{row.Uuid(0)}", $"name:{row.GetString(1)}"]).SelectMany(name => name).ToHashSet();
        return ledger.Completions.Count(completion => done.Contains(completion.Task));
    }

    /// <summary>Reads logs as people do.</summary>
    private static async Task CheckLogsAsync(DrillRun run, Ledger acknowledged, int round)
    {
        foreach (var (task, line) in acknowledged.LastLines.Take(ReadLogs))
        {
            var answer = await run.Farm.SendAsync(new("GET", $"/api/v3/tasks/{task["uuid:".Length..]}/logtail"));
            if (answer.Status != 200 || !answer.Text.Contains(line, StringComparison.Ordinal) || answer.Text.AsSpan().ContainsAny('\0', '\uFFFD'))
                run.Violations.Add($"round {round}: the log of {task} is {answer.Status} {answer.Text}");
        }
    }
}
