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
    public async Task The_root_is_the_index_for_those_who_ask_for_json_or_for_nothing(string? accept)
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
    public async Task The_root_says_what_there_is_when_a_protocol_is_off(bool tracker, bool deadline, string? accept, string begin)
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
    public async Task What_is_no_route_is_not_found_in_plain_text(string method, string path)
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.CallAsync(method, path, method is "GET" or "HEAD" ? null : "{}");
        Assert.Equal((404, method == "HEAD" ? "" : "Not found"), (answer.Status, answer.Text));
        Assert.Equal("text/plain", answer.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Every_route_is_below_the_prefix_too_and_below_another_one_when_that_is_set()
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
    public async Task A_protocol_that_is_off_is_not_there()
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new(false) });
        Assert.Equal(404, (await farm.CallAsync("GET", "/project/list")).Status);
    }

    [Fact]
    public async Task A_browser_learns_what_other_sites_may_send()
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.CallAsync("OPTIONS", "/project/request_access", null, null, ("Origin", "http://elsewhere.example"));
        Assert.Equal((200, ""), (answer.Status, answer.Text));
        string Header(string name) => answer.Response.Headers.GetValues(name).Single();
        Assert.Equal("*", Header("Access-Control-Allow-Origin"));
        Assert.Equal("GET, POST, OPTIONS", Header("Access-Control-Allow-Methods"));
        Assert.Equal("Content-Type, X-Worker-ID, X-Secret", Header("Access-Control-Allow-Headers"));
        Assert.False(answer.Response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Another_site_may_read_what_everybody_may_and_nothing_of_a_session()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var anonymous = await farm.CallAsync("GET", "/project/list", null, null, ("Origin", "http://elsewhere.example"));
        Assert.Equal("*", anonymous.Response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var refused = (await farm.CallAsync("GET", "/project/get/1", null, null, ("Origin", "http://elsewhere.example"))).Refused(404);
        Assert.True(refused.Response.Headers.Contains("Access-Control-Allow-Origin"));
        var signedIn = await farm.CallAsync("GET", "/project/list", null, owner, ("Origin", "http://elsewhere.example"));
        Assert.False(signedIn.Response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_changes_nothing_with_a_session_and_signs_nobody_in(string header, string value)
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":"s"}""", owner, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/project/create", """{"name":"new"}""", owner, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/register", """{"username":"lead","password":"correct horse"}""", null, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/login", """{"username":"lead","password":"correct horse"}""", null, (header, value))).Refused(403);
        (await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true}""", worker, (header, value))).Good();
        (await farm.CallAsync("POST", "/logs", """{"level":4,"since":1}""", null, (header, value))).Good();
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_in_the_envelope()
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await farm.RawAsync("POST /logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("{\"ok\":false,\"message\":\"request body too large", answer);
    }

    [Fact]
    public async Task A_disk_without_room_is_a_refusal_without_details()
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
