using System.Net;
using System.Text.RegularExpressions;
using Farm.Server.Hosting.Security;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Farm.Tests.Hosting.Security;

public class ErrorTests
{
    private sealed record Body(int Number);

    [Theory]
    [InlineData("/fails", "server error ([0-9a-f]{8}); see the log\n")]
    [InlineData("/json/fails", "{\"code\":500,\"message\":\"server error ([0-9a-f]{8}); see the log\"}")]
    public async Task An_unexpected_error_is_logged_under_an_id_and_hidden_from_the_client(string path, string form)
    {
        var log = new ListLogger<ErrorMiddleware>();
        await using var host = await SecurityTestHost.StartAsync(services: SecurityTestHost.WithLog(log));
        var response = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var match = Regex.Match(await response.Content.ReadAsStringAsync(), $"^{form}$");
        Assert.True(match.Success);
        Assert.Equal($"Error: Error {match.Groups[1].Value} in GET {path}", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task A_malformed_body_gets_an_error_in_the_protocols_format()
    {
        await using var host = await SecurityTestHost.StartAsync(
            map: app => app.MapPost("/bound", (Body body) => body.Number).WithMetadata(new JsonErrorWriter()));
        var response = await host.Client.PostAsync("/bound", new StringContent("{", null, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("{\"code\":400,", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_response_that_has_started_is_aborted()
    {
        await using var host = await SecurityTestHost.StartAsync(map: app => app.MapGet("/half", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException();
        }));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Client.GetStringAsync("/half"));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_a_response_is_no_error()
    {
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        await new ErrorMiddleware(_ => throw new OperationCanceledException(), Guid.NewGuid, new ListLogger<ErrorMiddleware>()).InvokeAsync(context);
        Assert.Equal(200, context.Response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_request_is_no_error()
    {
        var log = new ListLogger<ErrorMiddleware>();
        var context = new DefaultHttpContext();
        await new ErrorMiddleware(_ => throw new ConnectionResetException("reset"), Guid.NewGuid, log).InvokeAsync(context);
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, context.Response.StatusCode);
        Assert.Empty(log.Lines);
    }

    /// <summary>The server throws when the status of such a response is set.</summary>
    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
