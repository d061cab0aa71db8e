using Farm.Server.Hosting;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Hosting;

public sealed class HtmlOnlyTests
{
    [Theory]
    [InlineData("text/html", "page")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "page")]
    [InlineData("text/html; blazor-enhanced-nav=on", "page")]
    [InlineData("*/*", "contract")]
    [InlineData("application/json", "contract")]
    [InlineData("text/html;q=0, application/json", "contract")]
    [InlineData("", "contract")]
    [InlineData("not a media type", "contract")]
    public async Task The_root_is_a_page_for_clients_that_accept_html_and_a_protocols_for_others(string accept, string whose)
    {
        await using var host = await TestWebHost.StartAsync(
            app =>
            {
                app.MapGet("/", () => "contract");
                app.MapGet("/", () => "page").WithMetadata(new HtmlOnlyAttribute()).WithOrder(-1);
            },
            services => services.AddSingleton<MatcherPolicy, HtmlOnlyMatcherPolicy>());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (accept.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(whose, await answer.Content.ReadAsStringAsync());
    }
}
