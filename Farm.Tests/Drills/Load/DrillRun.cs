using System.Diagnostics;
using Farm.Tests.Support;

namespace Farm.Tests.Drills.Load;

/// <summary>One manager with SQLite, its clients, and what is wrong.</summary>
internal sealed class DrillRun : IDisposable
{
    private const int ShownLines = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan CalmTimeout = TimeSpan.FromMinutes(3);

    private readonly TemporaryDirectory _directory = new();
    private readonly Action<string> _output;
    private LoadBalancer? _farm;
    private DrillLoad? _load;

    /// <summary>Prepares a drill; nothing runs yet.</summary>
    /// <param name="output">Receives lines for people.</param>
    /// <param name="data">The data directory; null for a new one.</param>
    /// <param name="settings">Settings besides those of all drills.</param>
    /// <param name="environment">More environment variables of the server.</param>
    public DrillRun(Action<string> output, string? data = null, string settings = "", Dictionary<string, string>? environment = null)
    {
        _output = output;
        Server = new DrillServer(data ?? _directory["farm"], settings, environment);
    }

    /// <summary>The manager.</summary>
    public DrillServer Server { get; }

    /// <summary>What was acknowledged to the clients of the last <see cref="StartLoadAsync"/>.</summary>
    public Ledger Ledger { get; private set; } = new(0);

    /// <summary>Sends requests as the clients do.</summary>
    public LoadBalancer Farm => _farm ?? throw new InvalidOperationException("there are no clients");

    /// <summary>Everything that is wrong.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Lines of the log at the level of errors that are to be expected.</summary>
    public Func<string, bool> IsExpected { get; init; } = _ => false;

    /// <summary>Starts the clients; the server runs.</summary>
    /// <param name="options">How they behave.</param>
    /// <param name="address">Where they reach the server; null for the server itself.</param>
    public async Task StartLoadAsync(LoadOptions options, Uri? address = null)
    {
        Ledger = new Ledger(enough: 6 * options.Clients);
        _farm?.Dispose();
        _farm = new LoadBalancer([address ?? Server.Address], Ledger, options.Seed) { Pace = options.Pace, Patience = Patience };
        _load = await DrillLoad.StartAsync(Server.Token, _farm, Ledger, options);
    }

    /// <summary>Waits until so many more tasks are completed.</summary>
    /// <exception cref="TimeoutException">It takes minutes.</exception>
    public async Task CompletedAsync(int more)
    {
        var started = Stopwatch.GetTimestamp();
        for (var enough = Ledger.Completions.Count + more; Ledger.Completions.Count < enough; await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(started) > CalmTimeout) throw new TimeoutException($"{more} tasks were not completed within {CalmTimeout.TotalMinutes:0} minutes");
        }
    }

    /// <summary>Compares the database with what was acknowledged some time ago, while the work goes on.</summary>
    /// <returns>Whether nothing is wrong.</returns>
    public bool Check(Ledger acknowledged, string when)
    {
        var wrong = Server.Read(db => LedgerCheck.AcknowledgedViolations(acknowledged, db, isPostgres: false));
        wrong.AddRange(MissingContents(acknowledged));
        Recount();
        Violations.AddRange(wrong.Select(violation => $"{when}: {violation}"));
        return wrong.Count == 0;
    }

    /// <summary>Tells the clients how much there is to do, which they do not know if answers were lost.</summary>
    public void Recount() => Ledger.Recount((int)Server.Read(db => db.Number("SELECT count(*) FROM tasks WHERE status <> 5")));

    /// <summary>Submits nothing more, waits until all tasks are completed, stops the clients and the server, and checks everything.</summary>
    public async Task FinishAsync()
    {
        await _load!.CalmAsync();
        if (!await IsDoneAsync()) Violations.Add($"not all tasks were completed within {CalmTimeout}");
        await StopAsync();
        Violations.AddRange(Server.Read(db => LedgerCheck.Violations(Ledger, db, isPostgres: false)));
        Violations.AddRange(MissingContents(Ledger));
    }

    /// <summary>Stops the clients and the server.</summary>
    public async Task StopAsync()
    {
        await StopLoadAsync();
        Server.Kill();
        Violations.AddRange(Server.Errors.Where(line => !IsExpected(line)).Take(ShownLines).Select(line => $"the log says: {line}"));
    }

    /// <summary>Stops the clients.</summary>
    public async Task StopLoadAsync()
    {
        await _load!.StopAsync();
        _load.Dispose();
        _load = null;
    }

    /// <summary>Writes the result.</summary>
    public List<string> Report()
    {
        _output(
            $"Acknowledged: {Ledger.Jobs.Count} jobs with {Ledger.Jobs.Sum(job => job.Tasks)} tasks, {Ledger.Tasks.Count} more tasks, {Ledger.HandOuts.Count} hand-outs, "
            + $"{Ledger.Completions.Count} completions, {Ledger.Lines.Count + Ledger.LastLines.Count} lines of logs, {Ledger.Files.Count} files. "
            + $"Without an answer or refused for now: {Ledger.Unknown} requests. Refused: {Ledger.Refused} completions, {Ledger.RefusedNames.Count} submissions.");
        _output(Violations.Count == 0 ? "No violations." : $"{Violations.Count} violations:");
        foreach (var violation in Violations.Take(ShownLines)) _output($"  {violation}");
        if (Violations.Count == 0) return Violations;
        _output("Log of the server:");
        foreach (var line in Server.Output.Where(line => !line.Contains(" INF Job ") && !line.Contains(" INF Worker ")).TakeLast(ShownLines)) _output($"  {line}");
        return Violations;
    }

    public void Dispose()
    {
        _load?.Dispose();
        _farm?.Dispose();
        Server.Dispose();
        _directory.Dispose();
    }

    private IEnumerable<string> MissingContents(Ledger acknowledged) =>
        acknowledged.Files.Where(file => !File.Exists(Path.Combine(Server.Data, "artifacts", "content", file.Sha256[..2], file.Sha256)))
            .Select(file => $"the content of {file.Path} of {file.Task} is gone");

    private async Task<bool> IsDoneAsync()
    {
        const string open = "SELECT (SELECT count(*) FROM tasks WHERE status <> 5) + (SELECT count(*) FROM jobs WHERE stays_open = 0 AND status <> 5)";
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < CalmTimeout; await Task.Delay(200))
        {
            if (Server.Read(db => db.Number(open)) == 0) return true;
        }

        return false;
    }
}
