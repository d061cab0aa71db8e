using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Farm.Server.CommandLine;
using Farm.Tests.Support;

namespace Farm.Tests.Drills;

/// <summary>The real server in a separate process that can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Uri _address;
    private readonly long _launched = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<string?> _said = new();

    private ServerProcess(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote so far.</summary>
    public IEnumerable<string> Output => _said.OfType<string>();

    /// <summary>Whether it has not ended.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Its current memory use in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The time from the start of the process to its first response.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>A currently free port.</summary>
    public static int FreePort()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    /// <summary>Starts a server and waits until it responds.</summary>
    public static Task<ServerProcess> StartAsync(string data, int port) => StartAsync(
        data, new Uri($"http://127.0.0.1:{port}"), null,
        TestDatabase.Of(data) is { } database ? new() { [RunningServer.DatabaseVariable] = database } : []);

    /// <summary>Starts a server and waits until it responds.</summary>
    /// <param name="data">Its data directory.</param>
    /// <param name="address">The address at which it listens.</param>
    /// <param name="networkNamespace">The network namespace in which it runs; null for that of the test.</param>
    /// <param name="environment">More environment variables.</param>
    public static async Task<ServerProcess> StartAsync(
        string data, Uri address, string? networkNamespace, Dictionary<string, string> environment)
    {
        var server = Launch(data, address, networkNamespace, environment);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>Starts a server and does not wait for it.</summary>
    /// <inheritdoc cref="StartAsync(string, Uri, string?, Dictionary{string, string})" path="/param"/>
    public static ServerProcess Launch(string data, Uri address, string? networkNamespace, Dictionary<string, string> environment)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        List<string> command =
        [
            .. networkNamespace is null ? [] : (string[])["ip", "netns", "exec", networkNamespace],
            dotnet, Path.Combine(AppContext.BaseDirectory, "farm.dll"), "serve", "--data", data, "--urls", address.GetLeftPart(UriPartial.Authority),
        ];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, address);
        var (process, said) = (server._process, server._said);
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until the server responds.</summary>
    /// <exception cref="InvalidOperationException">It ended, or takes too long.</exception>
    public async Task AnswersAsync()
    {
        while (!await AnswersAsync(_address))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(_launched) > Timeout)
            {
                // Whoever launched it disposes it, and must still be able to ask it what it said.
                if (!_process.HasExited) KillNow();
                throw new InvalidOperationException($"the server did not start: {string.Join('\n', _said)}");
            }

            await Task.Delay(10);
        }

        StartedIn = Stopwatch.GetElapsedTime(_launched);
    }

    /// <summary>Stops the process where it is (SIGSTOP).</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => Signal("-CONT");

    /// <summary>Kills the process without a chance to finish anything, like a power cut.</summary>
    public void KillNow()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) KillNow();
        _process.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        try
        {
            using var connection = new RawConnection(address.Port, address.Host);
            await connection.ConnectAsync();
            return (await connection.SendAsync(RawConnection.Request("GET", "/api/v3/version", ""))).Status == 200;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            return false;
        }
    }
}
