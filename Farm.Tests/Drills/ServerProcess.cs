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
    private readonly ConcurrentQueue<string?> _said = new();

    private ServerProcess(Process process) => _process = process;

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
        var started = Stopwatch.GetTimestamp();
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        List<string> command =
        [
            .. networkNamespace is null ? [] : (string[])["ip", "netns", "exec", networkNamespace],
            dotnet, Path.Combine(AppContext.BaseDirectory, "farm.dll"), "serve", "--data", data, "--urls", address.GetLeftPart(UriPartial.Authority),
        ];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        var (process, said) = (server._process, server._said);
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await AnswersAsync(address))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Timeout)
            {
                server.Dispose();
                throw new InvalidOperationException($"the server did not start: {string.Join('\n', said)}");
            }

            await Task.Delay(10);
        }

        server.StartedIn = Stopwatch.GetElapsedTime(started);
        return server;
    }

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
