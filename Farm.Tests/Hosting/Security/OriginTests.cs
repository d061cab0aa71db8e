using System.Net;
using System.Net.WebSockets;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Security;

public class OriginTests
{
    private static Task<HttpStatusCode> SendAsync(TestWebHost host, HttpMethod method, params (string Name, string Value)[] headers) =>
        SendAsync(host, method, "/", "renderbox:8080", headers);

    private static async Task<HttpStatusCode> SendAsync(
        TestWebHost host, HttpMethod method, string path, string name, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Host = name } };
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
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
    [InlineData("Referer", "http://evil.example/page")]
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
    [InlineData("Referer", "http://renderbox:8080/jobs")]
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

    /// <summary>The headers that Chromium 156 sends over plain HTTP to a host name, from a page with the policy no-referrer.</summary>
    [Theory]
    [InlineData("img", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")]
    [InlineData("script", "*/*", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")]
    [InlineData("link", "text/css,*/*;q=0.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")]
    [InlineData("iframe, form, window.open, location and refresh", "text/html,application/xhtml+xml,*/*;q=0.8", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")]
    [InlineData("fetch with an Accept of its own", "", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36")]
    [InlineData("a picture in a program with a browser inside", "image/webp,*/*;q=0.8", "StudioChat/2.1")]
    public async Task A_page_cannot_change_anything_by_GET_without_a_word_about_itself(string sender, string accept, string agent)
    {
        await using var host = await SecurityTestHost.StartAsync();
        foreach (var path in (string[])["/take", "/promote"])
        {
            var status = await SendAsync(host, HttpMethod.Get, path, "renderbox:8080", ("Accept", accept), ("User-Agent", agent));
            Assert.True(status == HttpStatusCode.Forbidden, $"{sender}: {path} {status}");
        }
    }

    [Theory]
    [InlineData("Origin", "http://renderbox:8080", true)]
    [InlineData("Origin", "null", false)]
    [InlineData("Referer", "http://renderbox:8080/jobs?x=1", true)]
    [InlineData("Referer", "http://renderbox:8081/", false)]
    [InlineData("Referer", "http://evil.example/http://renderbox:8080/", false)]
    [InlineData("Referer", "about:blank", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    public async Task A_browser_changes_something_by_GET_only_from_our_own_page(string header, string value, bool may)
    {
        await using var host = await SecurityTestHost.StartAsync();
        var status = await SendAsync(host, HttpMethod.Get, "/promote", "renderbox:8080", (header, value), ("User-Agent", "Mozilla/5.0"), ("Cookie", "tt=1"));
        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_program_with_a_cookie_may_only_where_the_protocol_has_sessions()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, HttpMethod.Get, "/promote", "renderbox:8080", ("Cookie", "tt=1")));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, HttpMethod.Get, "/take", "renderbox:8080"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(host, HttpMethod.Get, "/take", "renderbox:8080", ("Cookie", "tt=1")));
    }

    /// <summary>nginx with <c>proxy_set_header Host $host</c>.</summary>
    [Theory]
    [InlineData("http://renderbox:8081", true)]
    [InlineData("https://renderbox", true)]
    [InlineData("http://evil.example:8081", false)]
    public async Task A_page_behind_a_proxy_that_drops_the_port_is_our_own(string page, bool may)
    {
        await using var host = await SecurityTestHost.StartAsync();
        var expected = may ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
        Assert.Equal(expected, await SendAsync(host, HttpMethod.Post, "/", "renderbox", ("Origin", page)));
        Assert.Equal(expected, await SendAsync(host, HttpMethod.Get, "/promote", "renderbox", ("Referer", page + "/"), ("User-Agent", "Mozilla/5.0")));
    }
}
