using System.Net;
using Farm.Server.Hosting.Security;

namespace Farm.Tests.Hosting.Security;

public class BodyLimitTests
{
    private static readonly SecuritySettings Limit1000 = new() { MaxBodyBytes = 1000 };

    [Theory]
    [InlineData("/", 1000, HttpStatusCode.OK)]
    [InlineData("/", 1001, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/small", 10, HttpStatusCode.OK)]
    [InlineData("/small", 11, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/any", 3_000_000, HttpStatusCode.OK)]
    public async Task The_limit_is_the_endpoints_own_or_the_default(string path, int length, HttpStatusCode expected)
    {
        await using var host = await SecurityTestHost.StartAsync(Limit1000);
        Assert.Equal(expected, (await host.Client.PostAsync(path, new ByteArrayContent(new byte[length]))).StatusCode);
    }

    // The server counts the chunk framing too, so a little less than the limit fits.
    [Theory]
    [InlineData("/json", 900, HttpStatusCode.OK)]
    [InlineData("/json", 1001, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/small", 1001, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/any", 3_000_000, HttpStatusCode.OK)]
    public async Task The_limit_applies_to_chunked_bodies(string path, int length, HttpStatusCode expected)
    {
        await using var host = await SecurityTestHost.StartAsync(Limit1000);
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StreamContent(new MemoryStream(new byte[length])),
            Headers = { TransferEncodingChunked = true },
        };
        Assert.Equal(expected, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_error_is_in_the_protocols_format()
    {
        await using var host = await SecurityTestHost.StartAsync(Limit1000);
        var response = await host.Client.PostAsync("/json", new ByteArrayContent(new byte[1001]));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("{\"code\":413,\"message\":\"request body too large", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_that_expects_100_continue_is_rejected_before_it_sends_the_body()
    {
        await using var host = await SecurityTestHost.StartAsync(Limit1000);
        var answer = await host.RawAsync("POST /json HTTP/1.1\r\nHost: renderbox\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", answer);
        Assert.DoesNotContain("100 Continue", answer);
        Assert.Contains("Connection: close", answer);
    }

    [Fact]
    public async Task A_client_that_expects_100_continue_gets_it_for_a_small_body()
    {
        await using var host = await SecurityTestHost.StartAsync(Limit1000);
        var answer = await host.RawAsync(
            "POST / HTTP/1.1\r\nHost: renderbox\r\nConnection: close\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n",
            onFirstAnswer: "body");
        Assert.StartsWith("HTTP/1.1 100 Continue", answer);
        Assert.Contains("HTTP/1.1 200 OK", answer);
    }
}
