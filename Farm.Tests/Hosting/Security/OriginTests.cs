using System.Net;
using System.Net.WebSockets;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Security;

public class OriginTests
{
    private static async Task<HttpStatusCode> SendAsync(TestWebHost host, HttpMethod method, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, "/") { Headers = { Host = "renderbox:8080" } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return (await host.Client.SendAsync(request)).StatusCode;
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "something-new")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://renderbox")]
    [InlineData("Origin", "http://renderbox:8081")]
    [InlineData("Origin", "http://renderbox.evil.example:8080")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "file://")]
    [InlineData("Origin", "chrome-extension://renderbox:8080")]
    public async Task A_change_from_another_sites_page_is_rejected(string header, string value)
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(host, HttpMethod.Post, (header, value)));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(host, HttpMethod.Delete, (header, value)));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://renderbox:8080")]
    [InlineData("Origin", "http://RENDERBOX:8080")]
    [InlineData("User-Agent", "curl/8")]
    public async Task A_change_from_our_own_page_or_a_tool_is_accepted(string header, string value)
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, HttpMethod.Post, (header, value)));
    }

    [Fact]
    public async Task Reading_is_allowed_from_anywhere()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, HttpMethod.Get, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")));
    }

    [Fact]
    public async Task Sec_Fetch_Site_takes_precedence_over_Origin()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(
            HttpStatusCode.OK, await SendAsync(host, HttpMethod.Post, ("Origin", "https://farm.studio.example"), ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(
            HttpStatusCode.Forbidden, await SendAsync(host, HttpMethod.Post, ("Origin", "http://renderbox:8080"), ("Sec-Fetch-Site", "cross-site")));
    }

    [Fact]
    public async Task A_web_socket_is_accepted_only_from_our_own_page()
    {
        await using var host = await SecurityTestHost.StartAsync();
        var url = new UriBuilder(host.Url) { Scheme = "ws", Path = "/socket" }.Uri;

        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", host.Url.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(url, default);

        using var foreign = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        foreign.Options.SetRequestHeader("Origin", "https://evil.example");
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(url, default));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
    }
}
