using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 1 and 9: what holds for all requests, and living beside other protocols.</summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain, application/json;q=0.5")]
    public async Task The_root_is_the_index_for_requests_that_accept_JSON_or_name_no_format(string? accept)
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.CallAsync("GET", "/", null, null, accept is null ? [] : [("Accept", accept)]);
        Assert.Equal("farm", (string?)answer.Good().Content["name"]);
    }

    [Theory]
    [InlineData(false, true, null, "Deadline")]
    [InlineData(false, true, "*/*", "Deadline")]
    [InlineData(true, false, "*/*", "\"ok\":true")]
    [InlineData(true, false, null, "\"ok\":true")]
    [InlineData(true, true, "*/*", "Deadline")]
    [InlineData(true, false, "text/html", "<!DOCTYPE html>")]
    [InlineData(false, false, "text/html", "<!DOCTYPE html>")]
    public async Task The_root_depends_on_the_enabled_protocols(bool tracker, bool deadline, string? accept, string begin)
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings>
        {
            ["task_tracker"] = new(tracker),
            ["deadline"] = new(deadline),
        });
        var answer = await farm.CallAsync("GET", "/", null, null, accept is null ? [] : [("Accept", accept)]);
        Assert.Equal(200, answer.Status);
        Assert.Contains(begin, answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET", "/project/create")]
    [InlineData("POST", "/project/list")]
    [InlineData("PUT", "/project/update/1")]
    [InlineData("HEAD", "/account")]
    [InlineData("GET", "/project/nothing")]
    [InlineData("GET", "/project/get/1/2")]
    [InlineData("GET", "/project/list/")]
    [InlineData("GET", "/Project/list")]
    [InlineData("GET", "/project/LIST")]
    [InlineData("GET", "/log/info")]
    [InlineData("POST", "/log/debug")]
    [InlineData("GET", "/git/receivehook")]
    [InlineData("GET", "/api/project/nothing")]
    public async Task An_unknown_route_is_404_in_plain_text(string method, string path)
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.CallAsync(method, path, method is "GET" or "HEAD" ? null : "{}");
        Assert.Equal((404, method == "HEAD" ? "" : "Not found"), (answer.Status, answer.Text));
        Assert.Equal("text/plain", answer.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Every_route_is_also_served_below_the_configured_prefix()
    {
        await using var farm = await TestFarm.StartAsync();
        (await farm.CallAsync("GET", "/api/project/list")).Good();
        Assert.Equal(200, (await farm.CallAsync("GET", "/api/account")).Status);

        await using var other = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings>
        {
            ["task_tracker"] = new(Prefix: "/tt") { Own = new TrackerSettings { ApiPrefix = "" } },
        });
        (await other.CallAsync("GET", "/tt/project/list")).Good();
        Assert.Equal(404, (await other.CallAsync("GET", "/project/list")).Status);
        Assert.Equal(404, (await other.CallAsync("GET", "/tt/api/project/list")).Status);
    }

    [Fact]
    public async Task A_disabled_protocol_is_not_served()
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new(false) });
        Assert.Equal(404, (await farm.CallAsync("GET", "/project/list")).Status);
    }

    [Fact]
    public async Task Pages_of_the_origins_in_the_settings_may_call_it_without_a_session()
    {
        const string origin = "http://renderbox:4200";
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings>
        {
            ["task_tracker"] = new() { Own = new TrackerSettings { Origins = [origin] } },
        });
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        var preflight = await farm.CallAsync(
            "OPTIONS", "/project/request_access", null, null, ("Origin", origin), ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type,x-secret,x-worker-id"));
        Assert.Equal((origin, false), (Allowed(preflight), preflight.Response.Headers.Contains("Access-Control-Allow-Credentials")));
        Assert.Contains("POST", preflight.Response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Contains("X-Secret", preflight.Response.Headers.GetValues("Access-Control-Allow-Headers").Single());

        Assert.Equal(origin, Allowed(await farm.CallAsync("GET", "/project/list", null, null, ("Origin", origin))));
        Assert.Equal(origin, Allowed((await farm.CallAsync("GET", "/project/get/999", null, null, ("Origin", origin))).Refused(404)));
        var body = $$"""{"project":{{id}},"assign":true}""";
        (await farm.CallAsync("POST", "/project/request_access", body, worker, ("Origin", origin), ("Sec-Fetch-Site", "cross-site"))).Good();
        (await farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":"s"}""", owner, ("Origin", origin))).Refused(403);
    }

    [Fact]
    public async Task Another_site_can_read_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.CallAsync("OPTIONS", "/project/request_access", null, null, ("Origin", "http://elsewhere.example"));
        Assert.Equal((200, "", null), (answer.Status, answer.Text, Allowed(answer)));
        Assert.Null(Allowed(await farm.CallAsync("GET", "/project/list", null, null, ("Origin", "http://elsewhere.example"))));
        Assert.Null(Allowed(await farm.CallAsync("GET", "/project/list", null, await farm.PersonAsync("owner"), ("Origin", "http://elsewhere.example"))));
    }

    private static string? Allowed(TrackerAnswer answer) =>
        answer.Response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : null;

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_cross_site_request_changes_nothing_and_cannot_sign_in(string header, string value)
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":"s"}""", owner, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/project/create", """{"name":"new"}""", owner, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/register", """{"username":"lead","password":"correct horse"}""", null, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/login", """{"username":"lead","password":"correct horse"}""", null, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true}""", worker, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/worker/create", """{"alias":"other"}""", null, (header, value))).Refused(403);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_rejected_in_the_envelope()
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.RawAsync("POST /logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("{\"ok\":false,\"message\":\"request body too large", answer);
    }

    [SqliteFact]
    public async Task A_full_disk_is_reported_without_details()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        await farm.FillDiskAsync();
        var answer = await farm.CallAsync("POST", "/project/create", $$"""{"name":"new","motd":"{{new string('m', 100_000)}}"}""", owner);
        answer.Refused(500);
        Assert.DoesNotContain("SQLite", answer.Text, StringComparison.OrdinalIgnoreCase);
        await farm.FreeDiskAsync();
    }
}
