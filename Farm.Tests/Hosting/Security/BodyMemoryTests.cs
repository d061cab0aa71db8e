using System.Net;
using System.Net.Sockets;
using System.Text;
using Farm.Server.Hosting.Security;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Security;

/// <summary>Six bodies of 60 MB at once once took 1.8 GB of memory.</summary>
public sealed class BodyMemoryTests
{
    private const int Limit = 1024 * 1024;

    [Fact]
    public async Task Bodies_that_together_are_too_large_for_the_memory_are_refused_until_others_are_done()
    {
        await using var farm = await TestFarm.StartAsync(security: new SecuritySettings { MaxBufferedBytes = Limit });
        var memory = farm.Service<BodyMemory>();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(farm.Client.BaseAddress!.Host, farm.Client.BaseAddress.Port);
        var body = $$"""{"name":"{{new string('a', 900_000)}}"}""";
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v3/jobs/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body[..800_000]}"));
        await UntilAsync(() => memory.Held > 700_000);

        using (var refused = await PostAsync(farm, 400_000))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains($"more than {Limit} bytes (setting max_buffered_bytes)", await refused.Content.ReadAsStringAsync());
        }

        using (var small = await PostAsync(farm, 10_000)) Assert.Equal(HttpStatusCode.BadRequest, small.StatusCode);

        await socket.SendAsync(Encoding.ASCII.GetBytes(body[800_000..]));
        var answer = new byte[12];
        await socket.ReceiveAsync(answer);
        Assert.Equal("HTTP/1.1 400", Encoding.ASCII.GetString(answer));
        await UntilAsync(() => memory.Held == 0);
        using var accepted = await PostAsync(farm, 400_000);
        Assert.Equal(HttpStatusCode.BadRequest, accepted.StatusCode);
    }

    [Fact]
    public async Task A_body_without_a_length_is_counted_as_it_comes()
    {
        await using var farm = await TestFarm.StartAsync(security: new SecuritySettings { MaxBufferedBytes = Limit });
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/jobs/check")
        {
            Content = new StreamContent(new MemoryStream(new byte[2 * Limit])) { Headers = { { "Content-Type", "application/json" } } },
            Headers = { TransferEncodingChunked = true },
        };
        using var refused = await farm.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(0, farm.Service<BodyMemory>().Held);
    }

    private static Task<HttpResponseMessage> PostAsync(TestFarm farm, int length) =>
        farm.Client.PostAsync("/api/v3/jobs/check", new StringContent($$"""{"name":"{{new string('a', length)}}"}""", Encoding.ASCII, "application/json"));

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Yield();
    }
}
