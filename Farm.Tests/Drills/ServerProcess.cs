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

    private ServerProcess(Process process) => _process = process;

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
    public static async Task<ServerProcess> StartAsync(string data, int port)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "farm.dll"), "serve", "--data", data, "--urls", $"http://127.0.0.1:{port}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (TestDatabase.Of(data) is { } database) start.Environment[RunningServer.DatabaseVariable] = database;
        var process = Process.Start(start)!;
        var said = new ConcurrentQueue<string?>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process);
        while (!await AnswersAsync(port))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Timeout)
                throw new InvalidOperationException($"the server did not start: {string.Join('\n', said)}");
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

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var connection = new RawConnection(port);
            await connection.ConnectAsync();
            return (await connection.SendAsync(RawConnection.Request("GET", "/api/v3/version", ""))).Status == 200;
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            return false;
        }
    }
}
