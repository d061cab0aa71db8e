using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>The shape of every answer about projects and people (Contracts/TaskTracker/Contract.md section 8).</summary>
public sealed class ShapeTests
{
    [Fact]
    public async Task The_index()
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = (await farm.CallAsync("GET", "/")).Good().Json;
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+$", (string?)answer["content"]!["version"]);
        answer["content"]!["version"] = "VERSION";
        Snapshot.Verify(answer);
    }

    [Fact]
    public async Task Projects()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        const string body =
            """
            {"name":"shot3","clone_url":"https://git.example/shot3","git_repo":"studio/shot3","version":"9f1c","priority":2,"motd":"","public":false,
            "hidden":false,"chain":0,"assign_rate":0,"submit_rate":10}
            """;
        Snapshot.Verify((await farm.CallAsync("POST", "/project/create", body, owner)).Text, "create");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/get/1")).Text, "get");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/list")).Text, "list");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/update/1", body, owner)).Text, "update");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/update/1", body)).Text, "refused");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/nothing")).Text, "no_route");
    }

    [Fact]
    public async Task Accesses()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node-7b");
        await farm.TrackerWorkerAsync("node-8");
        await farm.ProjectAsync(owner, "shot3");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/access_list/1", by: owner)).Text, "none");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/request_access", """{"project":1,"assign":true}""", worker)).Text, "request");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/access_list/1", by: owner)).Text, "list");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/accept_request/1/1", null, owner)).Text, "accept");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/accept_request/1/2", null, owner)).Text, "never_asked");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/access_list/1", by: owner)).Text, "granted");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/reject_request/1/1", null, owner)).Text, "reject");
    }

    [Fact]
    public async Task Secrets()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        await farm.ProjectAsync(owner, "shot3");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/secret/1", by: owner)).Text, "secret");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/webhook_secret/1", by: owner)).Text, "webhook_secret");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/secret/1", """{"secret":"s"}""", owner)).Text, "set_secret");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/webhook_secret/1", """{"webhook_secret":"s"}""", owner)).Text, "set_webhook_secret");
    }

    [Fact]
    public async Task Monitoring()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        await farm.ProjectAsync(owner, "shot3");
        await farm.AddTasksAsync(1, 8);
        await farm.SnapshotAsync();
        Snapshot.Verify((await farm.CallAsync("GET", "/project/assignees/1")).Text, "assignees");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/monitoring/1?count=1")).Text, "newest");
        Snapshot.Verify((await farm.CallAsync("GET", "/project/monitoring-between/1?from=1&to=2")).Text, "none");
        Snapshot.Verify((await farm.CallAsync("POST", "/project/hard_reset/1", null, owner)).Text, "affected");
    }

    [Fact]
    public async Task People()
    {
        await using var farm = await TestFarm.StartAsync();
        const string body = """{"username":"lead","password":"correct horse"}""";
        Snapshot.Verify((await farm.CallAsync("POST", "/register", body)).Text, "register");
        await farm.Service<FarmAccounts>().SetRoleAsync(Caller.Farm, 1, Role.Administrator);
        var login = await farm.CallAsync("POST", "/login", body);
        var lead = new TrackerCaller(login.Response.Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1]);
        Snapshot.Verify(login.Text, "login");
        Snapshot.Verify((await farm.CallAsync("GET", "/account", by: lead)).Text, "account");
        Snapshot.Verify((await farm.CallAsync("GET", "/account")).Text, "nobody");
        Snapshot.Verify((await farm.CallAsync("GET", "/manager/list", by: lead)).Text, "list");
        await farm.ProjectAsync(lead, "shot3");
        Snapshot.Verify((await farm.CallAsync("GET", "/manager/list_for_project/1", by: lead)).Text, "list_for_project");
        Snapshot.Verify((await farm.CallAsync("POST", "/manager/set_role_for_project/1", """{"manager":1,"role":31}""", lead)).Text, "set_role");
    }

    [Fact]
    public async Task Logs()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        Snapshot.Verify((await farm.CallAsync("POST", "/logs", """{"level":4,"since":1}""")).Text, "none");
        const string body = """{"scope":"render","message":"low memory","timestamp":1700000200}""";
        Snapshot.Verify((await farm.CallAsync("POST", "/log/warn", body, worker)).Text, "said");
        var logs = (await farm.CallAsync("POST", "/logs", """{"level":4,"since":1700000000}""")).Text;
        Assert.Equal("render", (string?)JsonNode.Parse((string)JsonNode.Parse(logs)!["content"]!["logs"]![0]!["data"]!)!["scope"]);
        Snapshot.Verify(logs, "read");
    }
}
