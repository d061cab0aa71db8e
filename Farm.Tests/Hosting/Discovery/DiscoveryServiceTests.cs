using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Farm.Server.Hosting.Discovery;
using Farm.Server.Hosting.Security;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Hosting.Discovery;

public class DiscoveryServiceTests
{
    private static readonly byte[] Search =
        "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 3\r\nST: urn:flamenco:manager:0\r\n\r\n"u8.ToArray();

    private static DiscoveryService Service(DiscoverySettings settings, string[]? listening = null, NetworkList? answered = null, ListLogger<DiscoveryService>? log = null) =>
        new(
            settings,
            () => listening ?? ["http://10.0.0.5:8080", "http://192.168.7.5:8080"],
            () => [IPAddress.Loopback],
            () => [],
            answered ?? NetworkList.Default,
            Task.CompletedTask,
            TimeProvider.System,
            log is null ? NullLogger<DiscoveryService>.Instance : log);

    private static async Task<string> ReceiveAsync(UdpClient client) =>
        Encoding.Latin1.GetString((await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(20))).Buffer);

    [Fact]
    public async Task A_search_is_answered_once_per_address()
    {
        using var service = Service(new DiscoverySettings { Port = 0 });
        await service.StartAsync(default);
        using var worker = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await worker.SendAsync("garbage"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, await service.Ready));
        await worker.SendAsync(Search, new IPEndPoint(IPAddress.Loopback, await service.Ready));

        Assert.Contains("LOCATION: http://10.0.0.5:8080/upnp/description.xml\r\n", await ReceiveAsync(worker));
        Assert.Contains("LOCATION: http://192.168.7.5:8080/upnp/description.xml\r\n", await ReceiveAsync(worker));
        await service.StopAsync(default);
    }

    [Fact]
    public async Task Two_farms_share_the_port()
    {
        using var first = Service(new DiscoverySettings { Port = 0 });
        await first.StartAsync(default);
        var log = new ListLogger<DiscoveryService>();
        using var second = Service(new DiscoverySettings { Port = await first.Ready }, log: log);
        await second.StartAsync(default);
        Assert.Equal(await first.Ready, await second.Ready);
        Assert.Empty(log.Lines);
        await second.StopAsync(default);
        await first.StopAsync(default);
    }

    [Fact]
    public async Task A_port_in_exclusive_use_only_logs_one_line()
    {
        using var selfish = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ExclusiveAddressUse = true };
        selfish.Bind(new IPEndPoint(IPAddress.Any, 0));
        var log = new ListLogger<DiscoveryService>();
        using var service = Service(new DiscoverySettings { Port = ((IPEndPoint)selfish.LocalEndPoint!).Port }, log: log);
        await service.StartAsync(default);
        Assert.Equal(0, await service.Ready);
        Assert.Contains("cannot be opened", Assert.Single(log.Lines));
        await service.StopAsync(default);
    }

    [Fact]
    public async Task A_farm_listening_only_on_loopback_is_not_announced()
    {
        var log = new ListLogger<DiscoveryService>();
        using var service = Service(new DiscoverySettings { Port = 0 }, listening: ["http://127.0.0.1:8080"], log: log);
        await service.StartAsync(default);
        Assert.Equal(0, await service.Ready);
        Assert.Contains("listens only to its own machine", Assert.Single(log.Lines));
        await service.StopAsync(default);
    }

    [Fact]
    public async Task When_disabled_it_logs_and_opens_nothing()
    {
        var log = new ListLogger<DiscoveryService>();
        using var service = Service(new DiscoverySettings { Port = 0, Autodiscoverable = false }, log: log);
        await service.StartAsync(default);
        Assert.Equal(0, await service.Ready);
        Assert.Empty(log.Lines);
        await service.StopAsync(default);
    }

    [Fact]
    public async Task It_announces_its_start_and_stop_to_the_multicast_group()
    {
        using var listener = new SsdpSocket(0, [IPAddress.Loopback]);
        using var service = Service(new DiscoverySettings { Port = listener.Port });
        var buffer = new byte[2048];
        await service.StartAsync(default);
        Assert.Contains("NTS: ssdp:alive", await NextAsync());
        Assert.Contains("LOCATION: http://192.168.7.5:8080", await NextAsync());
        await service.StopAsync(default);
        Assert.Contains("NTS: ssdp:byebye", await NextAsync());

        async Task<string> NextAsync()
        {
            var received = await listener.ReceiveAsync(buffer, default).WaitAsync(TimeSpan.FromSeconds(20));
            return Encoding.Latin1.GetString(buffer, 0, received.ReceivedBytes);
        }
    }

    [Fact]
    public async Task The_description_is_a_upnp_device()
    {
        await using var host = await TestWebHost.StartAsync(app => app.MapDeviceDescription(new DiscoverySettings { Name = "Studio <1> & Sons" }));
        var response = await host.Client.GetAsync("/upnp/description.xml");
        Assert.Equal("text/xml", response.Content.Headers.ContentType?.MediaType);
        XNamespace upnp = "urn:schemas-upnp-org:device-1-0";
        var device = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Element(upnp + "device")!;
        Assert.Equal("Studio <1> & Sons", device.Element(upnp + "friendlyName")?.Value);
        Assert.Equal("urn:flamenco:manager:0", device.Element(upnp + "deviceType")?.Value);
        Assert.Equal("uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d", device.Element(upnp + "UDN")?.Value);
        Assert.Equal(host.Url.ToString(), device.Element(upnp + "presentationURL")?.Value);
    }
}
