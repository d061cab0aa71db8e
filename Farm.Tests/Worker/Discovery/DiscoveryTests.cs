using System.Net;
using System.Net.Sockets;
using System.Text;
using Farm.Server.Hosting.Https;
using Farm.Server.Worker;
using Farm.Server.Worker.Discovery;
using Farm.Server.Worker.Protocol;
using Farm.Tests.Hosting.Https;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Worker.Discovery;

public sealed class DiscoveryTests
{
    private const string Usn = "uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d::urn:flamenco:manager:0";

    [Fact]
    public async Task The_first_reachable_manager_is_used()
    {
        await using var manager = await FakeManager.StartAsync();
        using var responder = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new WorkerOptions { DiscoveryTarget = (IPEndPoint)responder.Client.LocalEndPoint! };
        var finding = new ManagerDiscovery(options, address => new ServerTrust(address), needsHttps: false, NullLogger<ManagerDiscovery>.Instance).FindAsync(default);

        var search = await responder.ReceiveAsync().WaitAsync(FakeManager.Timeout);
        var text = Encoding.ASCII.GetString(search.Buffer);
        Assert.StartsWith("M-SEARCH * HTTP/1.1\r\n", text);
        Assert.Contains("\r\nMAN: \"ssdp:discover\"\r\n", text);
        Assert.Contains("\r\nMX: 3\r\n", text);
        Assert.Contains("\r\nST: urn:flamenco:manager:0\r\n", text);
        Assert.EndsWith("\r\n\r\n", text);

        await responder.SendAsync(Answer("uuid:somebody-else", manager.Address + "upnp/description.xml"), search.RemoteEndPoint);
        await responder.SendAsync(Answer(Usn, "http://127.0.0.1:1/upnp/description.xml"), search.RemoteEndPoint);
        await responder.SendAsync(Answer(Usn, manager.Address + "upnp/description.xml"), search.RemoteEndPoint);

        Assert.Equal(manager.Address, await finding.WaitAsync(FakeManager.Timeout));
        Assert.Single(manager.Requests);
    }

    [Fact]
    public async Task A_worker_that_knows_a_certificate_uses_only_the_manager_that_shows_it()
    {
        await using var plain = await FakeManager.StartAsync();
        await using var other = await HttpsFarm.StartAsync();
        await using var farm = await HttpsFarm.StartAsync();
        using var responder = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new WorkerOptions { DiscoveryTarget = (IPEndPoint)responder.Client.LocalEndPoint! };
        var fingerprint = farm.Service<CurrentCertificate>().Value.Fingerprint;
        var log = new ListLogger<ManagerDiscovery>();
        var finding = new ManagerDiscovery(options, address => new ServerTrust(address, fingerprint), needsHttps: true, log).FindAsync(default);

        var search = await responder.ReceiveAsync().WaitAsync(FakeManager.Timeout);
        foreach (var address in (Uri[])[plain.Address, plain.Address, other.Address, farm.Address])
            await responder.SendAsync(Answer(Usn, address + "upnp/description.xml"), search.RemoteEndPoint);

        Assert.Equal(farm.Address, await finding.WaitAsync(FakeManager.Timeout));
        Assert.Empty(plain.Requests);
        Assert.Single(log.Lines, line => line.Contains("but this worker needs one with https"));
        Assert.Single(log.Lines, line => line.Contains("shows another certificate than the expected"));
    }

    [Theory]
    [InlineData("http://10.0.0.5:8080/upnp/description.xml", "http://10.0.0.5:8080/")]
    [InlineData("https://farm.local/upnp/description.xml", "https://farm.local/")]
    [InlineData("http://[fe80::1]:8080/x", "http://[fe80::1]:8080/")]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("nonsense", null)]
    public void Scheme_host_and_port_come_from_the_location(string location, string? address) =>
        Assert.Equal(address, SsdpMessage.ManagerAddress(Answer(Usn, location))?.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("NOTIFY * HTTP/1.1\r\nUSN: uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d\r\nLOCATION: http://10.0.0.5/\r\n\r\n")]
    public void Anything_else_is_not_a_managers_answer(string datagram) => Assert.Null(SsdpMessage.ManagerAddress(Encoding.ASCII.GetBytes(datagram)));

    private static byte[] Answer(string usn, string location) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nST: urn:flamenco:manager:0\r\nusn: {usn}\r\nLOCATION: {location}\r\nCACHE-CONTROL: max-age=3600\r\nEXT:\r\n\r\n");
}
