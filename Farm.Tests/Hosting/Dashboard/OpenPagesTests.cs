using System.Net;
using System.Net.WebSockets;
using System.Text;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>200 open pages from one machine once took 600 MB of the server's memory.</summary>
public sealed class OpenPagesTests : IAsyncLifetime
{
    /// <summary>After this, what has not come is not coming.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync(new FarmLimits { Pages = new PageLimits(MaxPages: 200, MaxPagesPerAddress: 2) });

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task An_address_with_too_many_pages_is_told_so_and_gets_no_more()
    {
        using var first = await OpenAsync();
        using var second = await OpenAsync();
        await UntilAsync(2);

        using var page = await PageAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Contains("127.0.0.1 has 2 pages open, which is the limit (setting dashboard.max_pages_per_address)", await page.Content.ReadAsStringAsync());
        using var third = Socket();
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(third));
        Assert.Contains("429", refused.Message);
        using var negotiated = await _farm.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.TooManyRequests, negotiated.StatusCode);

        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        await UntilAsync(1);
        using var again = await PageAsync();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Of_connections_at_the_same_moment_those_beyond_the_limit_are_closed()
    {
        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < 4; i++)
        {
            sockets.Add(Socket());
            await ConnectAsync(sockets[i]);
        }

        for (var i = 0; i < 4; i++)
        {
            await ShakeHandsAsync(sockets[i]);
            // The answer comes before the connection is counted; without waiting, another could be counted first, and this one be closed.
            if (i < 2) Assert.True(SpinWait.SpinUntil(() => _farm.Service<OpenPages>().Total == i + 1, Patience));
        }

        foreach (var socket in sockets.Skip(2)) await EndAsync(socket);
        Assert.Equal(2, _farm.Service<OpenPages>().Total);
        sockets.ForEach(socket => socket.Dispose());
    }

    /// <summary>Waits until the server has closed a connection.</summary>
    private static async Task EndAsync(ClientWebSocket socket)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while ((await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType != WebSocketMessageType.Close)
            {
                // The server says why before it closes.
            }
        }
        catch (WebSocketException)
        {
            // It was closed without a farewell.
        }
    }

    [Fact]
    public async Task Files_and_protocols_are_not_counted_as_pages()
    {
        using var first = await OpenAsync();
        using var second = await OpenAsync();
        await UntilAsync(2);
        using var version = await _farm.Client.GetAsync("/api/v3/version");
        using var script = await _farm.Client.GetAsync("/_framework/blazor.web.js");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (version.StatusCode, script.StatusCode));
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = Socket();
        await ConnectAsync(socket);
        await ShakeHandsAsync(socket);
        return socket;
    }

    private ClientWebSocket Socket()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", _farm.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return socket;
    }

    private Task ConnectAsync(ClientWebSocket socket) => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_farm.Client.BaseAddress!.Port}/_blazor"), default);

    /// <summary>As Blazor's script does when a page opens.</summary>
    private static async Task ShakeHandsAsync(ClientWebSocket socket)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        var answer = new byte[4096];
        await socket.ReceiveAsync(answer, default);
        // Why a connection is closed may come together with it.
        Assert.Equal("{}\u001e"u8, answer.AsSpan(0, 3));
    }

    private async Task<HttpResponseMessage> PageAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        return await _farm.Client.SendAsync(request);
    }

    private async Task UntilAsync(int open)
    {
        while (_farm.Service<OpenPages>().Total != open) await Task.Yield();
    }
}
