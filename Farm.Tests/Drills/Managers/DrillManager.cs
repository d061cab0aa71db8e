using System.Diagnostics;

namespace Farm.Tests.Drills.Managers;

/// <summary>One manager: its process, its data directory and its way to the database.</summary>
internal sealed class DrillManager(int number, string data, IDatabaseLink link) : IDisposable
{
    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _process;

    /// <summary>Its name in the report.</summary>
    public string Name => $"m{number}";

    /// <summary>Its data directory.</summary>
    public string Data => data;

    /// <summary>Its way to the database.</summary>
    public IDatabaseLink Link => link;

    /// <summary>Where clients call it.</summary>
    public Uri Address => new($"http://{link.Host}:{_port}");

    /// <summary>The token of its administrator.</summary>
    public string Token => File.ReadAllText(Path.Combine(data, "administrator.token")).Trim();

    /// <summary>What the process wrote.</summary>
    public List<string> Output { get; } = [];

    /// <summary>Starts the process and waits until it answers.</summary>
    public async Task StartAsync(string sharedFiles)
    {
        var started = Stopwatch.GetTimestamp();
        _process = await ServerProcess.StartAsync(data, Address, link.Namespace, new()
        {
            ["FARM_DATABASE"] = link.Database,
            ["FARM_SHARED_FILES"] = sharedFiles,
        });
        Output.Add($"started in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    /// <summary>Kills the process (SIGKILL).</summary>
    public void Kill()
    {
        Output.AddRange(_process!.Output);
        _process!.Dispose();
        _process = null;
    }

    /// <summary>Stops the process where it is (SIGSTOP).</summary>
    public void Freeze() => _process!.Freeze();

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => _process!.Thaw();

    public void Dispose()
    {
        if (_process is not null) Kill();
        link.Dispose();
    }
}
