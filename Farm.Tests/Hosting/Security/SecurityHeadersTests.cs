using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Farm.Tests.Hosting.Security;

public class SecurityHeadersTests
{
    [Fact]
    public async Task A_page_may_load_from_this_server_only_and_be_framed_by_nobody()
    {
        await using var host = await SecurityTestHost.StartAsync();
        var headers = (await host.Client.GetAsync("/page")).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("script-src-attr", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains($"ws://127.0.0.1:{host.Url.Port} ", policy);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task What_is_no_page_has_only_the_header_against_guessing()
    {
        await using var host = await SecurityTestHost.StartAsync();
        var headers = (await host.Client.GetAsync("/")).Headers;
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.False(headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Refusals_and_errors_have_it_too()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.True((await host.Client.GetAsync("/fails")).Headers.Contains("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_policy_of_the_endpoints_own_is_sent_beside_ours()
    {
        await using var host = await SecurityTestHost.StartAsync(map: app => app.MapGet("/own", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "sandbox";
            return Results.Content("<p>", "text/html");
        }));
        var policies = (await host.Client.GetAsync("/own")).Headers.GetValues("Content-Security-Policy").ToList();
        Assert.Equal("sandbox", policies[0]);
        Assert.Contains("default-src 'self'", policies[1]);
    }
}
