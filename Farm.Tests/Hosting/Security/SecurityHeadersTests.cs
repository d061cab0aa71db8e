using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Farm.Tests.Hosting.Security;

public class SecurityHeadersTests
{
    [Fact]
    public async Task A_page_can_load_only_from_this_server_and_cannot_be_framed()
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
    public async Task Other_responses_have_only_the_nosniff_header()
    {
        await using var host = await SecurityTestHost.StartAsync();
        var headers = (await host.Client.GetAsync("/")).Headers;
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.False(headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Errors_have_the_nosniff_header_too()
    {
        await using var host = await SecurityTestHost.StartAsync();
        Assert.True((await host.Client.GetAsync("/fails")).Headers.Contains("X-Content-Type-Options"));
    }

    [Fact]
    public async Task An_endpoints_own_policy_is_sent_in_addition_to_ours()
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
