using System.Net;
using System.Net.WebSockets;
using Farm.Tests.Support;

namespace Farm.Tests.Browser;

/// <summary>The connection that a page's buttons use.</summary>
public sealed class OriginTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task A_page_of_another_site_cannot_open_it()
    {
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("http://other.example"));
        Assert.Contains("403", refusal.Message);
        Assert.Equal(HttpStatusCode.Forbidden, await NegotiateAsync("http://other.example"));
    }

    [Fact]
    public async Task A_page_of_the_farm_can_open_it()
    {
        var own = _farm.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(own));
        using var socket = await ConnectAsync(own);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    private async Task<ClientWebSocket> ConnectAsync(string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(_farm.Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        return socket;
    }

    private async Task<HttpStatusCode> NegotiateAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", origin);
        using var answer = await _farm.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
