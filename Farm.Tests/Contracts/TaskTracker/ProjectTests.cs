using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 2.2, 4.4 and 4.4.1: projects are made, changed and read.</summary>
public sealed class ProjectTests
{
    private const double Unlimited = 1.7976931348623157e+308;

    [Fact]
    public async Task Project_details_are_returned_twice()
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        var next = await farm.ProjectAsync(lead, "next");
        var id = await farm.ProjectAsync(lead, "shot", $$"""
            "priority":2147483647,"clone_url":"c","git_repo":"g","version":"v","motd":"m","public":true,"chain":{{next}},"assign_rate":0.5,"submit_rate":0
            """);
        var content = (await farm.CallAsync("GET", $"/project/get/{id}")).Good().Content;
        var project = content["project"]!.AsObject();
        Assert.Equal((id, 2147483647, "shot", "c", "g", "v", "m"), (
            (long)project["id"]!, (int)project["priority"]!, (string?)project["name"], (string?)project["clone_url"], (string?)project["git_repo"],
            (string?)project["version"], (string?)project["motd"]));
        Assert.Equal((true, false, next, false, 0.5, Unlimited), (
            (bool)project["public"]!, (bool)project["hidden"]!, (long)project["chain"]!, (bool)project["paused"]!, (double)project["assign_rate"]!,
            (double)project["submit_rate"]!));
        foreach (var (name, value) in project) Assert.True(JsonNode.DeepEquals(value, content[name]), name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":"new","motd":"a\u0000b"}""")]
    [InlineData("""{"name":"taken"}""")]
    [InlineData("""{"name":"new","priority":-1}""")]
    [InlineData("""{"name":"new","priority":2147483648}""")]
    [InlineData("""{"name":"new","priority":1.5}""")]
    [InlineData("""{"name":"new","public":true,"hidden":true}""")]
    [InlineData("""{"name":"new","assign_rate":-1}""")]
    [InlineData("""{"name":"new","submit_rate":-0.001}""")]
    [InlineData("""{"name":"new","chain":-1}""")]
    [InlineData("""{"name":"new","chain":99}""")]
    [InlineData("""{"name":"new"} and more""")]
    public async Task Invalid_details_are_rejected_at_creation_and_update(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        await farm.ProjectAsync(lead, "taken");
        var id = await farm.ProjectAsync(lead, "shot");
        var before = (await farm.CallAsync("GET", "/project/list")).Text;

        (await farm.CallAsync("POST", "/project/create", body, lead)).Refused(400);
        (await farm.CallAsync("POST", $"/project/update/{id}", body, lead)).Refused(400);
        Assert.Equal(before, (await farm.CallAsync("GET", "/project/list")).Text);
    }

    [Fact]
    public async Task An_update_replaces_everything()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var next = await farm.ProjectAsync(owner, "next");
        var id = await farm.ProjectAsync(owner, "shot", $"\"priority\":5,\"clone_url\":\"c\",\"motd\":\"m\",\"hidden\":true,\"chain\":{next},\"assign_rate\":1");
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"other","paused":true}""", owner)).Good();
        Snapshot.Verify((await farm.CallAsync("GET", $"/project/get/{id}")).Text);
        // The job behind it follows.
        Assert.Equal(("other", 0), farm.Service<FarmStore>().Read(db => JobTable.ById(db, id)!) is var job ? (job.Name, job.Priority) : default);
    }

    [Fact]
    public async Task A_project_may_keep_its_name_and_frees_an_old_one()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"shot","motd":"m"}""", owner)).Good();
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"Shot"}""", owner)).Good();
        await farm.ProjectAsync(owner, "shot");
    }

    [Fact]
    public async Task Property_names_are_case_insensitive_and_the_last_duplicate_counts()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var answer = await farm.CallAsync("POST", "/project/create", """{"NAME":"a","Name":"b","MOTD":"m","more":[1]}""", owner);
        var project = (await farm.CallAsync("GET", $"/project/get/{answer.Good().Content["id"]}")).Content;
        Assert.Equal(("b", "m"), ((string?)project["name"], (string?)project["motd"]));
    }

    [Fact]
    public async Task Only_an_administrator_can_make_a_project_public_but_editors_can_keep_it_public()
    {
        await using var farm = await TestFarm.StartAsync();
        var admin = await farm.PersonAsync("admin", administrator: true);
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"shot","public":true}""", owner)).Refused(403);
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"shot","public":true}""", admin)).Good();
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"shot","public":true,"motd":"m"}""", owner)).Good();
    }

    [Fact]
    public async Task A_chain_needs_the_edit_role_and_has_no_cycles()
    {
        await using var farm = await TestFarm.StartAsync();
        var admin = await farm.PersonAsync("admin", administrator: true);
        var owner = await farm.PersonAsync("owner");
        var (a, b, c) = (await farm.ProjectAsync(owner, "a"), await farm.ProjectAsync(owner, "b"), await farm.ProjectAsync(owner, "c"));
        var foreign = await farm.ProjectAsync(admin, "foreign");

        Task<TrackerAnswer> ChainAsync(long from, string name, long to, TrackerCaller by) =>
            farm.CallAsync("POST", $"/project/update/{from}", $$"""{"name":"{{name}}","chain":{{to}}}""", by);
        (await ChainAsync(a, "a", a, owner)).Refused(400);
        (await ChainAsync(a, "a", b, owner)).Good();
        (await ChainAsync(b, "b", c, owner)).Good();
        (await ChainAsync(c, "c", a, owner)).Refused(400);
        (await ChainAsync(c, "c", foreign, owner)).Refused(403);
        (await ChainAsync(c, "c", 99, owner)).Refused(403);
        (await ChainAsync(c, "c", 99, admin)).Refused(400);
        (await farm.CallAsync("POST", "/project/create", $$"""{"name":"new","chain":{{foreign}}}""", owner)).Refused(400);
        (await ChainAsync(b, "b", 0, owner)).Good();
        (await ChainAsync(c, "c", a, owner)).Good();
    }

    [Theory]
    [InlineData("0", 400)]
    [InlineData("-1", 400)]
    [InlineData("x", 400)]
    [InlineData("1.0", 400)]
    [InlineData("+1", 400)]
    [InlineData("2", 404)]
    [InlineData("2147483648", 404)]
    [InlineData("99999999999999999999999999", 404)]
    public async Task A_malformed_or_unknown_project_id_is_rejected(string id, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        var lead = await farm.PersonAsync("lead", administrator: true);
        await farm.ProjectAsync(lead, "shot");
        (await farm.CallAsync("GET", $"/project/get/{id}")).Refused(status);
        (await farm.CallAsync("POST", $"/project/update/{id}", """{"name":"new"}""", lead)).Refused(status);
        (await farm.CallAsync("GET", $"/project/secret/{id}", by: lead)).Refused(status);
        (await farm.CallAsync("POST", $"/project/webhook_secret/{id}", "{}", lead)).Refused(status);
        if (status == 404) Assert.Empty((await farm.CallAsync("GET", $"/project/assignees/{id}")).Good().Content["assignees"]!.AsArray());
        else (await farm.CallAsync("GET", $"/project/assignees/{id}")).Refused(400);
    }

    [Fact]
    public async Task The_list_is_sorted_and_shows_hidden_projects_to_readers_only()
    {
        await using var farm = await TestFarm.StartAsync();
        var admin = await farm.PersonAsync("admin", administrator: true);
        var owner = await farm.PersonAsync("owner");
        var reader = await farm.PersonAsync("reader");
        Assert.Empty((await farm.CallAsync("GET", "/project/list")).Good().Content["projects"]!.AsArray());
        await farm.ProjectAsync(owner, "b");
        var hidden = await farm.ProjectAsync(owner, "a", "\"hidden\":true");
        await farm.ProjectAsync(admin, "c", "\"public\":true");

        async Task<string> NamesAsync(TrackerCaller by) => string.Concat(
            (await farm.CallAsync("GET", "/project/list", by: by)).Good().Content["projects"]!.AsArray().Select(project => (string?)project!["name"]));
        Assert.Equal("bc", await NamesAsync(TrackerCaller.Nobody));
        Assert.Equal("bc", await NamesAsync(reader));
        Assert.Equal("abc", await NamesAsync(owner));
        Assert.Equal("abc", await NamesAsync(admin));
        await farm.RoleAsync(owner, hidden, "reader", 1);
        Assert.Equal("abc", await NamesAsync(reader));
    }

    [Fact]
    public async Task Deleting_the_job_deletes_the_project_with_all_its_data()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var next = await farm.ProjectAsync(owner, "next");
        var id = await farm.ProjectAsync(owner, "shot");
        (await farm.CallAsync("POST", $"/project/update/{next}", $$"""{"name":"next","chain":{{id}}}""", owner)).Good();
        await farm.GrantAsync(owner, id, worker, "\"assign\":true");
        await farm.AddTasksAsync(id, 3);
        await farm.SnapshotAsync();
        var store = farm.Service<FarmStore>();
        await farm.Service<JobControl>().DeleteAsync(Caller.Farm, store.Read(db => JobTable.ById(db, id)!.Uuid));
        (await farm.CallAsync("GET", $"/project/get/{id}")).Refused(404);
        (await farm.CallAsync("GET", $"/project/secret/{id}", by: worker)).Refused(403);
        await farm.Service<BulkUpdateService>().DrainAsync();
        foreach (var table in new[] { "project_accesses", "project_roles", "project_snapshots" })
            Assert.Equal(0, store.Read(db => db.Number($"SELECT count(*) FROM {table} WHERE job_id = $1", id)));
        Assert.Equal(0, (long)(await farm.CallAsync("GET", $"/project/get/{next}")).Good().Content["chain"]!);
    }
}
