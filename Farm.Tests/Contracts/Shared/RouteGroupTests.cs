using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Farm.Tests.Contracts.Shared;

/// <summary>What all routes of a group share is around each of them, that of the outer group outside.</summary>
public sealed class RouteGroupTests
{
    private const string Header = "X-Around";

    [Fact]
    public async Task Wrappers_of_groups_run_for_every_handler_the_outer_first()
    {
        await using var host = await TestWebHost.StartAsync(app =>
        {
            var outer = app.MapGroup("/outer").Wrap(Say("outer"));
            var inner = outer.MapGroup("/inner").Wrap(Say("inner"));
            inner.MapGet("/plain", (RequestDelegate)(context => context.Response.WriteAsync("handler")));
            inner.MapGet("/bound/{text}", (string text) => Results.Text(text));
            outer.MapGet("/plain", (RequestDelegate)(context => context.Response.WriteAsync("handler")));
        });

        Assert.Equal("outer inner handler", await AskAsync("/outer/inner/plain"));
        Assert.Equal("outer inner here", await AskAsync("/outer/inner/bound/here"));
        Assert.Equal("outer handler", await AskAsync("/outer/plain"));

        async Task<string> AskAsync(string path)
        {
            using var answer = await host.Client.GetAsync(path);
            return $"{string.Join(' ', answer.Headers.GetValues(Header))} {await answer.Content.ReadAsStringAsync()}";
        }
    }

    private static Func<RequestDelegate, RequestDelegate> Say(string word) => handler => context =>
    {
        context.Response.Headers.Append(Header, word);
        return handler(context);
    };
}
