using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 2.1, 2.2 and 4.4: workers ask for access, managers grant it, and secrets are for those who have it.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("""{"project":1}""")]
    [InlineData("""{"project":1,"assign":false,"submit":false}""")]
    [InlineData("""{"project":1,"assign":null}""")]
    [InlineData("""{"project":99,"assign":true}""")]
    [InlineData("""{"assign":true}""")]
    [InlineData("""{"project":"1","assign":true}""")]
    [InlineData("nonsense")]
    public async Task An_access_request_without_access_or_project_is_rejected(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        await farm.ProjectAsync(await farm.PersonAsync("owner"), "shot");
        (await farm.CallAsync("POST", "/project/request_access", body, worker)).Refused(400);
    }

    [Fact]
    public async Task A_worker_can_request_access_once_and_again_after_a_rejection()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        (await AskAsync(farm, worker, id, "assign")).Good();
        (await AskAsync(farm, worker, id, "submit")).Refused(400);
        (await farm.CallAsync("POST", $"/project/accept_request/{id}/1", null, owner)).Good();
        (await AskAsync(farm, worker, id, "submit")).Refused(400);
        (await farm.CallAsync("POST", $"/project/reject_request/{id}/1", null, owner)).Good();
        (await AskAsync(farm, worker, id, "submit")).Good();
    }

    [Fact]
    public async Task A_worker_can_request_access_to_a_public_project()
    {
        await using var farm = await TestFarm.StartAsync();
        var id = await farm.ProjectAsync(await farm.PersonAsync("lead", administrator: true), "shot", "\"public\":true");
        (await AskAsync(farm, await farm.TrackerWorkerAsync("node"), id, "submit")).Good();
    }

    [Fact]
    public async Task The_list_has_granted_workers_first_then_pending_ones_each_by_name()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        foreach (var name in new[] { "d", "c", "b", "a" }) (await AskAsync(farm, await farm.TrackerWorkerAsync(name), id, "assign")).Good();
        (await farm.CallAsync("POST", $"/project/accept_request/{id}/1", "null", owner)).Good();
        (await farm.CallAsync("POST", $"/project/accept_request/{id}/2", "", owner)).Good();
        var accesses = (await farm.CallAsync("GET", $"/project/access_list/{id}", by: owner)).Good().Content["accesses"]!.AsArray();
        Assert.Equal(["c", "d", "a?", "b?"], accesses.Select(entry => $"{entry!["worker"]!["alias"]}{((bool)entry["request"]! ? "?" : "")}"));
    }

    [Fact]
    public async Task Accepting_or_rejecting_an_unknown_worker_returns_ok_false()
    {
        await using var farm = await TestFarm.StartAsync();
        var admin = await farm.PersonAsync("admin", administrator: true);
        var id = await farm.ProjectAsync(admin, "shot");
        foreach (var verb in new[] { "accept_request", "reject_request" })
        {
            (await farm.CallAsync("POST", $"/project/{verb}/{id}/1", null, admin)).Refused(200);
            (await farm.CallAsync("POST", $"/project/{verb}/{id}/2147483648", null, admin)).Refused(200);
            (await farm.CallAsync("POST", $"/project/{verb}/99/1", null, admin)).Refused(200);
            (await farm.CallAsync("POST", $"/project/{verb}/{id}/x", null, admin)).Refused(400);
            (await farm.CallAsync("POST", $"/project/{verb}/x/1", null, admin)).Refused(400);
        }
    }

    [Fact]
    public async Task Accepting_twice_changes_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        await farm.GrantAsync(owner, id, await farm.TrackerWorkerAsync("node"), "\"assign\":true");
        (await farm.CallAsync("POST", $"/project/accept_request/{id}/1", null, owner)).Good();
    }

    /// <summary>Who may read a secret: a granted row lets a worker, also one that only submits; a pending one, and a public project, do not.</summary>
    [Theory]
    [InlineData("", false, false, 403)]
    [InlineData("", true, false, 403)]
    [InlineData("\"assign\":true", false, false, 403)]
    [InlineData("\"assign\":true", false, true, 200)]
    [InlineData("\"submit\":true", false, true, 200)]
    [InlineData("\"submit\":true", true, true, 200)]
    public async Task A_secret_is_for_workers_whose_access_was_granted(string asked, bool isPublic, bool granted, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(lead, "shot", isPublic ? "\"public\":true" : "\"hidden\":true");
        if (asked.Length > 0) (await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},{{asked}}}""", worker)).Good();
        if (granted) (await farm.CallAsync("POST", $"/project/accept_request/{id}/1", null, lead)).Good();

        var answer = await farm.CallAsync("GET", $"/project/secret/{id}", by: worker);
        if (status == 200) Assert.Equal("{}", (string?)answer.Good().Content["secret"]);
        else answer.Refused(status);
        (await farm.CallAsync("GET", $"/project/webhook_secret/{id}", by: worker)).Refused(403);
    }

    [Fact]
    public async Task A_worker_without_access_is_rejected_even_with_a_managers_session_and_wrong_worker_credentials_are_ignored()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("GET", $"/project/secret/{id}", by: worker with { Session = owner.Session })).Refused(403);
        var wrong = owner with { Worker = (1, Convert.ToBase64String(new byte[32])) };
        (await farm.CallAsync("GET", $"/project/secret/{id}", by: wrong)).Good();
    }

    [Fact]
    public async Task Secrets_are_stored_and_returned_unchanged()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        Assert.True(Guid.TryParse((string?)(await farm.CallAsync("GET", $"/project/webhook_secret/{id}", by: owner)).Good().Content["webhook_secret"], out _));
        var secret = new JsonObject { ["secret"] = "{\"key\":\"ü\\n\"}" }.ToJsonString();
        (await farm.CallAsync("POST", $"/project/secret/{id}", secret, owner)).Good();
        (await farm.CallAsync("POST", $"/project/webhook_secret/{id}", """{"webhook_secret":"w"}""", owner)).Good();
        Assert.Equal("{\"key\":\"ü\\n\"}", (string?)(await farm.CallAsync("GET", $"/project/secret/{id}", by: owner)).Content["secret"]);
        Assert.Equal("w", (string?)(await farm.CallAsync("GET", $"/project/webhook_secret/{id}", by: owner)).Content["webhook_secret"]);
        (await farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":1}""", owner)).Refused(400);
        (await farm.CallAsync("POST", $"/project/webhook_secret/{id}", """{"webhook_secret":"\u0000"}""", owner)).Refused(400);
    }

    /// <summary>Headers that prove nothing; the route decides the status.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("1", null)]
    [InlineData(null, "S")]
    [InlineData("x", "S")]
    [InlineData("2", "S")]
    [InlineData("99999999999999999999", "S")]
    [InlineData("None", "None")]
    [InlineData("1", "")]
    [InlineData("1", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("1", "S=")]
    [InlineData("1", "Sx")]
    [InlineData("1", "SS")]
    public async Task Missing_or_wrong_worker_credentials_are_rejected(string? id, string? secret)
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.TrackerWorkerAsync("node");
        await farm.ProjectAsync(await farm.PersonAsync("owner"), "shot");
        var headers = new List<(string, string)>();
        if (id is not null) headers.Add(("x-worker-id", id));
        if (secret is not null) headers.Add(("x-secret", secret.Replace("S", worker.Worker!.Value.Secret)));
        const string body = """{"project":1,"assign":true,"scope":"a","message":"b","timestamp":1}""";
        (await farm.CallAsync("POST", "/project/request_access", body, null, [.. headers])).Refused(401);
        (await farm.CallAsync("POST", "/log/info", body, null, [.. headers])).Refused(400);
        (await farm.CallAsync("GET", "/project/secret/1", null, null, [.. headers])).Refused(403);
    }

    [Fact]
    public async Task A_worker_of_another_protocol_is_unknown()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        Assert.NotEmpty(worker.Id);
        var caller = new TrackerCaller(Worker: (1, Convert.ToBase64String(new byte[32])));
        (await farm.CallAsync("POST", "/project/request_access", """{"project":1,"assign":true}""", caller)).Refused(401);
    }

    private static Task<TrackerAnswer> AskAsync(TestFarm farm, TrackerCaller worker, long project, string what) =>
        farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{project}},"{{what}}":true}""", worker);
}
