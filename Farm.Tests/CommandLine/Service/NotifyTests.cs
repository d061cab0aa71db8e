using System.Net.Sockets;
using System.Text;
using Farm.Tests.Support;

namespace Farm.Tests.CommandLine.Service;

/// <summary>The server's notifications to systemd over the given socket.</summary>
[Collection(ProcessCollection.Name)]
public sealed class NotifyTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [LinuxFact]
    public async Task The_server_notifies_systemd_when_it_is_ready_and_when_it_stops()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        await using var server = FarmProcess.StartAsService(_directory.Path, _directory["notify"], "serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal("READY=1", await NextAsync(systemd));
        // By then it is listening.
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        Assert.Equal("""{"status":"ok","checks":{}}""", await client.GetStringAsync("/health/live"));

        await server.TerminateAsync();
        Assert.Equal("STOPPING=1", await NextAsync(systemd));
        Assert.Equal((0, ""), (await server.ExitAsync(), server.Errors));
        Assert.False(File.Exists(_directory["farm-data/farm.db-wal"]));
    }

    [LinuxFact]
    public async Task A_server_that_cannot_start_never_reports_ready()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        await using var server = FarmProcess.StartAsService(_directory.Path, _directory["notify"], "serve", "--urls", "nonsense");
        Assert.Equal(1, await server.ExitAsync());
        CommandError.AssertOneLine(server, "nonsense");
        Assert.Equal(0, systemd.Available);
    }

    private static async Task<string> NextAsync(Socket systemd)
    {
        var buffer = new byte[256];
        using var deadline = new CancellationTokenSource(Timeout);
        return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, deadline.Token));
    }
}
