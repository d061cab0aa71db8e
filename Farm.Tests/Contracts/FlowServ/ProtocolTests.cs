using System.Text;
using Farm.Server.Contracts.FlowServ;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Accounts;
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
    public async Task Too_many_wrong_passwords_are_429_and_no_error_of_the_server()
    {
        const string Login = """{"username":"nobody","password":"wrong horse"}""";
        for (var i = 0; i < 10; i++) Assert.Equal(404, (await Farm.SayAsync("POST", "users/login", null, Login)).Status);
        Assert.Equal((429, "too many wrong passwords from 127.0.0.1; try again in 10 minutes"), (await Farm.SayAsync("POST", "users/login", null, Login)).Error);
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

    /// <summary>A page that is open in the browser of a member could otherwise run commands on workers.</summary>
    [Theory]
    [InlineData("http://elsewhere.example")]
    [InlineData("null")]
    [InlineData("https://lab.example:444")]
    [InlineData("http://lab.example")]
    public async Task A_page_of_another_site_can_neither_read_nor_start_anything(string origin)
    {
        await using var farm = await FlowServFarm.StartAsync(new FlowServSettings { Origins = ["https://lab.example"] });
        using var preflight = await PreflightAsync(farm, origin);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
        foreach (var path in (string[])["", "workflows", "nope", "users/whoami"])
        {
            using var read = await SendAsync(farm, HttpMethod.Get, path, origin);
            Assert.False(read.Headers.Contains("Access-Control-Allow-Origin"));
        }

        using var registered = await SendAsync(farm, HttpMethod.Post, "users/register", origin, """{"username":"ada","password":"correct horse","verify":false}""");
        Assert.Equal(403, (int)registered.StatusCode);
        Assert.StartsWith("{\"message\":", await registered.Content.ReadAsStringAsync());
        Assert.Null(farm.Farm.Service<FarmAccounts>().Find("ada"));
    }

    [Fact]
    public async Task Pages_of_the_origins_in_the_settings_may_use_everything()
    {
        await using var farm = await FlowServFarm.StartAsync(new FlowServSettings { Origins = ["https://lab.example", "http://renderbox:4200"] });
        foreach (var origin in (string[])["https://lab.example", "http://renderbox:4200"])
        {
            using var preflight = await PreflightAsync(farm, origin);
            Assert.True(preflight.IsSuccessStatusCode);
            Assert.Equal(origin, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains("api_key", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single());
            Assert.Contains("DELETE", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single());
            Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));

            using var registered = await SendAsync(
                farm, HttpMethod.Post, "users/register", origin, $$"""{"username":"{{new Uri(origin).Host}}","password":"correct horse"}""", ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal(201, (int)registered.StatusCode);
            Assert.Equal(origin, registered.Headers.GetValues("Access-Control-Allow-Origin").Single());
            using var refused = await SendAsync(farm, HttpMethod.Get, "users/whoami", origin);
            Assert.Equal((403, origin), ((int)refused.StatusCode, refused.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        }
    }

    private static Task<HttpResponseMessage> PreflightAsync(FlowServFarm farm, string origin) => SendAsync(
        farm, HttpMethod.Options, "runs/any", origin, null,
        ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "api_key,content-type"));

    private static Task<HttpResponseMessage> SendAsync(
        FlowServFarm farm, HttpMethod method, string path, string origin, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, $"{FlowServFarm.Base}/{path}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/plain");
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return farm.Farm.Client.SendAsync(request);
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
