using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Drills.Load;

/// <summary>One manager with SQLite in a process of its own, which is killed and started again.</summary>
/// <param name="data">Its data directory.</param>
/// <param name="settings">Settings besides those of all drills.</param>
/// <param name="environment">More environment variables.</param>
internal sealed class DrillServer(string data, string settings = "", Dictionary<string, string>? environment = null) : IDisposable
{
    private const string Settings = "access: open\nopen_registration: true\nautodiscoverable: false\n";

    private readonly int _port = ServerProcess.FreePort();
    private readonly List<string> _earlierOutput = [];
    private ServerProcess? _process;

    /// <summary>Where clients call it.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Its data directory.</summary>
    public string Data => data;

    /// <summary>The database file.</summary>
    public string Database => Path.Combine(data, "farm.db");

    /// <summary>The token of its administrator.</summary>
    public string Token => File.ReadAllText(Path.Combine(data, "administrator.token")).Trim();

    /// <summary>What all its processes wrote.</summary>
    public IEnumerable<string> Output => [.. _earlierOutput, .. _process?.Output ?? []];

    /// <summary>What all its processes logged as an error.</summary>
    public IEnumerable<string> Errors => Output.Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains("Unhandled exception", StringComparison.Ordinal));

    /// <summary>The process that runs.</summary>
    public ServerProcess Process => _process ?? throw new InvalidOperationException("the server does not run");

    /// <summary>Whether it runs.</summary>
    public bool IsAlive => _process is { IsAlive: true };

    /// <summary>Starts it and waits until it responds.</summary>
    /// <returns>The time from its start to its first response.</returns>
    /// <exception cref="InvalidOperationException">It ended, or takes too long.</exception>
    public async Task<TimeSpan> StartAsync()
    {
        Launch();
        await Process.AnswersAsync();
        return Process.StartedIn;
    }

    /// <summary>Starts it and does not wait.</summary>
    public void Launch()
    {
        Directory.CreateDirectory(data);
        if (!File.Exists(Path.Combine(data, "farm.yaml"))) File.WriteAllText(Path.Combine(data, "farm.yaml"), Settings + settings);
        _process = ServerProcess.Launch(data, Address, null, environment ?? []);
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public void Kill()
    {
        if (_process is null) return;
        _process.KillNow();
        _earlierOutput.AddRange(_process.Output);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Reads the database in one snapshot, while the server runs or does not.</summary>
    public T Read<T>(Func<StoreSession, T> query)
    {
        var connection = new SqliteConnection(Connections.ReadOnly(Database));
        connection.Open();
        connection.CreateFunction("lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        using var session = new SqliteSession(connection);
        session.BeginRead();
        var result = query(session);
        session.Commit();
        return result;
    }

    public void Dispose() => Kill();
}
