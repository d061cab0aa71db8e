using System.Net;
using Farm.Server.Hosting.Security;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Security;

public class NetworkAndHostTests
{
    private static async Task<HttpResponseMessage> GetAsync(TestWebHost host, string path, string hostName, params (string, string)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = hostName } };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Client.SendAsync(request);
    }

    [Fact]
    public async Task An_unlisted_network_gets_403_and_the_name_of_the_setting()
    {
        await using var host = await SecurityTestHost.StartAsync(new SecuritySettings { Networks = NetworkList.Parse(["10.0.0.0/8"]) });
        var response = await host.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"networks\"", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8080")]
    [InlineData("192.168.1.20:8080")]
    [InlineData("localhost:8080")]
    [InlineData("farm.localhost")]
    [InlineData("renderbox:8080")]
    [InlineData("RenderBox.")]
    public async Task Addresses_and_names_without_a_dot_need_no_setting(string name)
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/", name)).StatusCode);
    }

    [Fact]
    public async Task The_machines_own_name_needs_no_setting()
    {
        await using var host = await SecurityTestHost.StartAsync();
        var name = Dns.GetHostName().Split('.')[0];
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/", Dns.GetHostName())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/", name + ".local:8080")).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await GetAsync(host, "/", name + ".evil.example")).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("notlocalhost.evil")]
    public async Task An_unknown_domain_gets_421_and_the_name_of_the_setting(string name)
    {
        await using var host = await SecurityTestHost.StartAsync();
        var response = await GetAsync(host, "/", name);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        Assert.Contains("\"hosts\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Configured_host_names_are_accepted()
    {
        await using var host = await SecurityTestHost.StartAsync(new SecuritySettings { Hosts = ["farm.example", "*.studio.example"] });
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/", "FARM.example:80")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/", "a.b.studio.example")).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await GetAsync(host, "/", "studio.example")).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await GetAsync(host, "/", "evilstudio.example")).StatusCode);
    }

    [Fact]
    public async Task An_HTTP_1_0_request_without_a_host_is_accepted()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.StartsWith("HTTP/1.1 200", await host.RawAsync("GET / HTTP/1.0\r\n\r\n"));
    }

    [Fact]
    public async Task Forwarded_headers_are_ignored_by_default_and_logged_once()
    {
        var log = new ListLogger<UntrustedProxyMiddleware>();
        await using var host = await SecurityTestHost.StartAsync(services: SecurityTestHost.WithLog(log));
        for (var i = 0; i < 2; i++)
        {
            var response = await GetAsync(host, "/peer", "renderbox", ("X-Forwarded-For", "8.8.8.8"), ("X-Forwarded-Proto", "https"));
            Assert.Equal("127.0.0.1 http renderbox", await response.Content.ReadAsStringAsync());
        }
        Assert.Contains("trusted_proxies", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Forwarded_headers_of_a_trusted_proxy_are_used_and_checked()
    {
        await using var host = await SecurityTestHost.StartAsync(
            new SecuritySettings { TrustedProxies = NetworkList.Parse(["loopback"]) });
        var inside = await GetAsync(host, "/peer", "renderbox", ("X-Forwarded-For", "10.0.0.17"), ("X-Forwarded-Proto", "https"));
        Assert.Equal("10.0.0.17 https renderbox", await inside.Content.ReadAsStringAsync());
        var outside = await GetAsync(host, "/peer", "renderbox", ("X-Forwarded-For", "10.0.0.17, 8.8.8.8"));
        Assert.Equal(HttpStatusCode.Forbidden, outside.StatusCode);
        var rebound = await GetAsync(host, "/peer", "renderbox", ("X-Forwarded-For", "10.0.0.17"), ("X-Forwarded-Host", "evil.example"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, rebound.StatusCode);
    }
}
