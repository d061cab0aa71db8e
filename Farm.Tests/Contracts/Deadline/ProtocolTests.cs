using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Farm.Server.Contracts.Deadline;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 1: what holds for all requests.</summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData("POST", "/api/tasks")]
    [InlineData("DELETE", "/api/tasks")]
    [InlineData("DELETE", "/api/tasks?JobID=nope&TaskID=x")]
    [InlineData("PATCH", "/api/tasks")]
    [InlineData("OPTIONS", "/api/tasks")]
    public async Task Other_methods_are_not_implemented(string method, string path)
    {
        await using var farm = await TestFarm.StartAsync();

        Assert.Equal((501, $"Error: {method} is not implemented for tasks."), await farm.SayAsync(method, path, "nonsense"));
    }

    [Theory]
    [InlineData("PATCH", "/api/jobs", 501)]
    [InlineData("POST", "/api/pools", 501)]
    [InlineData("DELETE", "/api/groups", 501)]
    [InlineData("PUT", "/api/slaves", 501)]
    [InlineData("GET", "/api/limitgroups?NamesOnly=true", 501)]
    [InlineData("GET", "/api/repository?Directory=root", 501)]
    [InlineData("GET", "/api/jobs?JobID=x&Details=true", 501)]
    [InlineData("GET", "/api/slaves?Data=history", 501)]
    [InlineData("GET", "/api/tasks/1", 404)]
    [InlineData("PUT", "/api/tasks/1", 404)]
    public async Task Unimplemented_requests_get_one_line_of_plain_text(string method, string path, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        using var answer = await farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("Error: ", text);
        Assert.DoesNotContain('\n', text);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("text/plain")]
    public async Task The_root_greets_scripts_with_a_version(string accept)
    {
        await using var farm = await TestFarm.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd(accept);
        using var answer = await farm.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches(@"^Deadline Web Service [0-9]+\.[0-9]+\.[0-9]+$", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_root_shows_browsers_the_dashboard()
    {
        await using var farm = await TestFarm.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var answer = await farm.Client.SendAsync(request);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_cross_site_request_is_rejected_in_plain_text()
    {
        await using var farm = await TestFarm.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/tasks");
        request.Headers.Add("Origin", "http://elsewhere.example");
        using var answer = await farm.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.StartsWith("Error: request from another site refused", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_in_plain_text()
    {
        await using var farm = await TestFarm.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/tasks") { Content = new ByteArrayContent([]) };
        request.Headers.ExpectContinue = true;
        request.Content.Headers.ContentLength = 1L << 40;
        using var answer = await farm.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.StartsWith("Error: request body too large", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task With_a_login_every_request_without_the_password_is_challenged()
    {
        await using var farm = await WithLoginAsync();
        // Who names no format at the root means another protocol.
        farm.Client.DefaultRequestHeaders.Accept.ParseAdd("*/*");
        foreach (var path in (string[])["/", "/api/tasks?JobID=x", "/api/jobs", "/api/pools", "/api/limitgroups"])
        {
            using var refused = await farm.Client.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, refused.StatusCode));
            var challenge = Assert.Single(refused.Headers.WwwAuthenticate);
            Assert.Equal("Basic", challenge.Scheme);
            Assert.StartsWith("realm=\"", challenge.Parameter);
            Assert.Equal("Error: User name and password required.", await refused.Content.ReadAsStringAsync());
        }

        farm.Client.DefaultRequestHeaders.Authorization = Basic("pipeline:s3cret:x");
        for (var i = 0; i < 2; i++) Assert.Equal((200, "[]"), await farm.SayAsync("GET", "/api/jobs"));
    }

    [Theory]
    [InlineData("pipeline:wrong")]
    [InlineData("other:s3cret:x")]
    [InlineData("pipeline")]
    [InlineData(":")]
    public async Task With_a_login_wrong_credentials_are_rejected(string credentials)
    {
        await using var farm = await WithLoginAsync();
        farm.Client.DefaultRequestHeaders.Authorization = Basic("pipeline:s3cret:x");
        Assert.Equal(200, (await farm.SayAsync("GET", "/api/jobs")).Status);

        farm.Client.DefaultRequestHeaders.Authorization = Basic(credentials);
        Assert.Equal(401, (await farm.SayAsync("GET", "/api/jobs")).Status);
        Assert.Equal(401, (await farm.SayAsync("DELETE", "/api/tasks")).Status);
    }

    [Fact]
    public async Task The_contract_can_be_switched_off_and_moved()
    {
        await using (var off = await TestFarm.StartAsync(contracts: Only(new ContractSettings(IsEnabled: false))))
            Assert.Equal(404, (await off.SayAsync("GET", "/api/jobs")).Status);

        await using var moved = await TestFarm.StartAsync(contracts: Only(new ContractSettings(Prefix: "/deadline")));
        Assert.Equal((200, "[]"), await moved.SayAsync("GET", "/deadline/api/jobs"));
        Assert.StartsWith("Deadline Web Service ", (await moved.SayAsync("GET", "/deadline/")).Text);
    }

    private static Task<TestFarm> WithLoginAsync() =>
        TestFarm.StartAsync(contracts: Only(new ContractSettings { Own = new DeadlineSettings { User = "pipeline", PasswordHash = SecretHash.Make("s3cret:x") } }));

    private static Dictionary<string, ContractSettings> Only(ContractSettings deadline) => new() { ["deadline"] = deadline };

    private static AuthenticationHeaderValue Basic(string credentials) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
}
