using System.Text;
using Farm.Server.Contracts.Shared;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 1 and 3: what holds for all requests, and the descriptor.</summary>
public sealed class ProtocolTests : FlowServTest
{
    /// <summary>Everything that needs a member of the group.</summary>
    private static readonly (string Method, string Path, string? Body)[] Members =
    [
        ("POST", "groups/{0}/runs", "{}"), ("GET", "groups/{0}/runs", null), ("GET", "runs/{1}", null), ("PUT", "runs/{1}", "{}"), ("DELETE", "runs/{1}", null),
        ("PUT", "groups/{0}", "{}"), ("POST", "groups/{0}", "{}"), ("DELETE", "groups/{0}", null), ("GET", "uploads/{0}/files", null), ("DELETE", "uploads/{0}/files/x", null),
    ];

    [Fact]
    public async Task Without_a_token_member_routes_are_rejected_even_for_unknown_ids()
    {
        foreach (var (method, path, body) in Members)
            Assert.Equal((path, (403, "not logged in")), (path, (await Farm.SayAsync(method, string.Format(path, "nope", "nope"), null, body)).Error));
    }

    [Fact]
    public async Task Unknown_ids_are_404_for_every_token()
    {
        foreach (var (method, path, body) in Members)
        {
            foreach (var token in (string[])[Alice, "invalid"])
                Assert.Equal((path, 404), (path, (await Farm.SayAsync(method, string.Format(path, "nope", "nope"), token, body)).Status));
        }
    }

    [Fact]
    public async Task Non_members_are_rejected_and_change_nothing()
    {
        var run = await StartedAsync();
        foreach (var (method, path, body) in Members)
        {
            foreach (var token in (string[])[Bob, "invalid"])
                Assert.Equal((path, (403, "not authorized")), (path, (await Farm.SayAsync(method, string.Format(path, GroupId, run), token, body)).Error));
        }

        var group = await Farm.DoAsync(200, "GET", $"groups/{GroupId}", Alice);
        Assert.Equal((1, "PENDING"), (group["runs"]!.AsArray().Count, (string)group["runs"]![0]!["state"]!));
    }

    [Fact]
    public async Task A_malformed_body_is_rejected_before_any_lookup()
    {
        foreach (var (method, path) in ((string, string)[])[("POST", "groups/nope/runs"), ("PUT", "runs/nope"), ("PUT", "groups/nope"), ("POST", "workflows/nope/groups")])
        {
            foreach (var body in (string[])["nonsense", "[]", "5", """{"surprise":1}"""])
                Assert.Equal((path, body, 400), (path, body, (await Farm.SayAsync(method, path, Alice, body)).Status));
        }
    }

    [Theory]
    [InlineData("""{"arguments":{}}""")]
    [InlineData("""{"arguments":[5]}""")]
    [InlineData("""{"arguments":[{"name":"greeting"}]}""")]
    [InlineData("""{"arguments":[{"value":"x"}]}""")]
    [InlineData("""{"arguments":[{"name":5,"value":"x"}]}""")]
    [InlineData("""{"arguments":[{"id":"greeting","value":"x"}]}""")]
    [InlineData("""{"arguments":[{"name":"greeting","value":"x","as":"y"}]}""")]
    [InlineData("""{"arguments":[{"name":"greeting","value":"\ud800"}]}""")]
    [InlineData("""{"arguments":[]}""")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_rejected_run_leaves_nothing(string body)
    {
        Assert.Equal(400, (await Farm.SayAsync("POST", $"groups/{GroupId}/runs", Alice, body)).Status);
        Assert.Empty((await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs", Alice))["runs"]!.AsArray());
        Assert.Empty((await Farm.Farm.GetAsync("/api/v3/jobs"))["jobs"]!.AsArray());
    }

    [Theory]
    [InlineData("GET", "nope")]
    [InlineData("GET", "runs")]
    [InlineData("PATCH", "workflows")]
    [InlineData("POST", "workflows")]
    [InlineData("GET", "users/login/more")]
    public async Task An_unknown_path_is_404_in_the_form_of_the_protocol(string method, string path)
    {
        var said = await Farm.SayAsync(method, path, Alice);
        Assert.Equal((404, "application/json"), (said.Status, said.Answer.Content.Headers.ContentType!.ToString()));
        Assert.Equal(["message"], said.Json.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task Every_response_allows_every_origin()
    {
        foreach (var path in (string[])["", "workflows", "nope", "users/whoami"])
            Assert.Equal("*", (await Farm.SayAsync("GET", path)).Answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Preflight_allows_the_token_header_and_cross_site_requests_may_change_state()
    {
        var preflight = new HttpRequestMessage(HttpMethod.Options, $"{FlowServFarm.Base}/groups/{GroupId}/runs");
        preflight.Headers.Add("Origin", "http://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "api_key,content-type");
        using var allowed = await Farm.Farm.Client.SendAsync(preflight);
        Assert.True(allowed.IsSuccessStatusCode);
        Assert.Contains("api_key", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.Contains("DELETE", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());

        var request = new HttpRequestMessage(HttpMethod.Post, $"{FlowServFarm.Base}/groups/{GroupId}/runs")
        {
            Content = new StringContent($$"""{"arguments":{{Greeting}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", "http://elsewhere.example");
        request.Headers.Add("API_Key", Alice);
        using var started = await Farm.Farm.Client.SendAsync(request);
        Assert.Equal(201, (int)started.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task The_descriptor_has_the_URL_of_the_request(string slash)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, FlowServFarm.Base + slash);
        request.Headers.Host = "localhost:1234";
        using var answer = await Farm.Farm.Client.SendAsync(request);
        Assert.Equal("http://localhost:1234/flowserv/api/v1", (string)(await TestFarm.JsonAsync(answer))["url"]!);
    }

    [Fact]
    public async Task The_descriptor_names_the_user_of_the_token()
    {
        Assert.Equal("alice", (string?)(await Farm.DoAsync(200, "GET", "", Alice))["username"]);
        Assert.False((await Farm.DoAsync(200, "GET", "", "invalid")).AsObject().ContainsKey("username"));
    }

    [Fact]
    public async Task The_contract_can_be_switched_off_and_moved()
    {
        await using var off = await TestFarm.StartAsync(contracts: Only(new ContractSettings(IsEnabled: false)));
        using (var gone = await off.Client.GetAsync(FlowServFarm.Base)) Assert.Equal(404, (int)gone.StatusCode);

        await using var moved = await TestFarm.StartAsync(contracts: Only(new ContractSettings(Prefix: "/lab")));
        Assert.EndsWith("/lab/flowserv/api/v1", (string)(await moved.GetAsync("/lab/flowserv/api/v1"))["url"]!);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_413_with_an_error()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{FlowServFarm.Base}/users/register") { Content = new ByteArrayContent([]) };
        request.Headers.ExpectContinue = true;
        request.Content.Headers.ContentLength = 1L << 40;
        using var answer = await Farm.Farm.Client.SendAsync(request);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.StartsWith("{\"error\":", await answer.Content.ReadAsStringAsync());
    }

    [SqliteFact]
    public async Task A_full_disk_is_500_with_an_error_and_leaves_nothing()
    {
        await Farm.Farm.FillDiskAsync();
        var arguments = new StringBuilder(Greeting).Insert(Greeting.Length - 1, $",{{\"name\":\"pause\",\"value\":\"{new string(' ', 100_000)}1\"}}");
        var said = await Farm.SayAsync("POST", $"groups/{GroupId}/runs", Alice, $$"""{"arguments":{{arguments}}}""");
        Assert.Equal((500, "error"), (said.Status, said.Json.AsObject().Single().Key));
        await Farm.Farm.FreeDiskAsync();
        Assert.Empty((await Farm.DoAsync(200, "GET", $"groups/{GroupId}/runs", Alice))["runs"]!.AsArray());
    }

    private static Dictionary<string, ContractSettings> Only(ContractSettings flowServ) => new() { ["flowserv"] = flowServ };
}
