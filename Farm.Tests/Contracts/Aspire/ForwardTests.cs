using System.Threading.Channels;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md section 5.4: releases of seeds are forwarded to workers, where that is switched on.</summary>
public sealed class ForwardTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly BatchSettings On = new() { ForwardReleases = true };

    [Fact]
    public async Task A_registered_worker_is_notified_and_redirects_are_not_followed()
    {
        await using var worker = await Listener.StartAsync();
        await using var farm = await AspireClient.FarmAsync(On);
        var seed = await farm.SeedAsync();
        Assert.Equal(200, (await farm.CallAsync("POST", "/manager/worker", $$"""{"id":"w","address":"{{worker.Url}}/"}""")).Status);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(200, (await farm.CallAsync("PUT", "/manager/release/seed", $$"""{"id":["{{seed}}","unknown"]}""")).Status);
            var told = await worker.Requests.ReadAsync().AsTask().WaitAsync(Timeout);
            Assert.Equal($$"""PUT /aspire/_api/worker/release/seed application/json; charset=utf-8 {"id":["{{seed}}"]}""", told.Replace("\\u002B", "+"));
        }
    }

    [Fact]
    public async Task An_unreachable_worker_affects_neither_the_response_nor_other_notifications()
    {
        await using var worker = await Listener.StartAsync();
        await using var farm = await AspireClient.FarmAsync(On);
        var seed = await farm.SeedAsync();
        await farm.CallAsync("POST", "/manager/worker", """{"id":"gone","address":"http://127.0.0.1:1"}""");
        await farm.CallAsync("POST", "/manager/worker", $$"""{"id":"there","address":"{{worker.Url}}"}""");

        Assert.Equal(200, (await farm.CallAsync("GET", $"/manager/release/seed/{seed}")).Status);
        Assert.StartsWith("PUT ", await worker.Requests.ReadAsync().AsTask().WaitAsync(Timeout));
    }

    [Theory]
    [InlineData("""{"id":"w","address":"http://8.8.8.8:80"}""")]
    [InlineData("""{"id":"w","address":"http://[2001:4860:4860::8888]/"}""")]
    [InlineData("""{"id":"w","address":"ftp://127.0.0.1"}""")]
    [InlineData("""{"id":"w","address":"http://user@127.0.0.1"}""")]
    [InlineData("""{"id":"w","address":"http://127.0.0.1/?x=1"}""")]
    [InlineData("""{"id":"w","address":"127.0.0.1"}""")]
    [InlineData("""{"id":"w","address":7}""")]
    [InlineData("""{"id":"w"}""")]
    [InlineData("""{"address":"http://127.0.0.1"}""")]
    public async Task A_disallowed_address_is_rejected(string body)
    {
        await using var farm = await AspireClient.FarmAsync(On);

        Assert.Equal(406, (await farm.CallAsync("POST", "/manager/worker", body)).Status);
    }

    [Fact]
    public async Task Registering_a_url_is_404_when_forwarding_is_disabled()
    {
        await using var farm = await TestFarm.StartAsync();

        Assert.Equal(404, (await farm.CallAsync("POST", "/manager/worker", """{"id":"w","address":"http://127.0.0.1"}""")).Status);
        Assert.Equal(404, (await farm.CallAsync("PUT", "/manager/release/worker/w")).Status);
    }

    /// <summary>A worker that notes what it is told, and sends everybody elsewhere.</summary>
    private sealed class Listener(WebApplication app, ChannelReader<string> requests) : IAsyncDisposable
    {
        public string Url => app.Urls.Single();

        public ChannelReader<string> Requests => requests;

        public static async Task<Listener> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var requests = Channel.CreateUnbounded<string>();
            app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync();
                requests.Writer.TryWrite($"{context.Request.Method} {context.Request.Path} {context.Request.ContentType} {body}");
                context.Response.Redirect("/elsewhere");
            });
            await app.StartAsync();
            return new Listener(app, requests.Reader);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
