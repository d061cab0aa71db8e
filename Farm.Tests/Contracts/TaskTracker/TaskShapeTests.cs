using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>The shape of every answer about workers and tasks (Contracts/TaskTracker/Contract.md section 8).</summary>
public sealed class TaskShapeTests
{
    [Fact]
    public async Task Workers()
    {
        await using var farm = await TestFarm.StartAsync();
        var created = (await farm.CallAsync("POST", "/worker/create", """{"alias":"node-7"}""")).Good();
        var json = created.Json;
        var worker = new TrackerCaller(Worker: ((long)created.Content["worker"]!["id"]!, (string)created.Content["worker"]!["secret"]!));
        Assert.Equal(44, ((string)json["content"]!["worker"]!["secret"]!).Length);
        json["content"]!["worker"]!["secret"] = "SECRET";
        Snapshot.Verify(json, "create");
        Snapshot.Verify((await farm.CallAsync("POST", "/worker/update", """{"alias":"node-7b"}""", worker)).Text, "update");
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/get/1")).Text, "get");
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/stats")).Text, "stats");
        var admin = await farm.PersonAsync("admin", administrator: true);
        Snapshot.Verify((await farm.CallAsync("POST", "/worker/set_paused", """{"worker":1,"paused":true}""", admin)).Text, "set_paused");
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/get/1")).Text, "get_paused");
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/get/2")).Text, "refused");
        Snapshot.Verify((await farm.CallAsync("POST", "/worker/update", "{}", worker)).Text, "update_to_nothing");
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/get/1")).Text, "get_without_alias");
    }

    [Fact]
    public async Task No_workers()
    {
        await using var farm = await TestFarm.StartAsync();
        Snapshot.Verify((await farm.CallAsync("GET", "/worker/stats")).Text);
    }

    [Fact]
    public async Task Tasks()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, worker, owner) = await farm.PublicProjectAsync();
        const string body =
            """
            {"project":1,"recipe":"frame 17","max_retries":3,"priority":5,"max_assign_time":900,"hash64":0,"unique_string":"shot3/17",
            "verification_count":2}
            """;
        Snapshot.Verify((await farm.CallAsync("POST", "/task/submit", body, worker)).Text, "submit");
        Snapshot.Verify((await farm.CallAsync("POST", "/task/submit", body, worker)).Text, "duplicate");
        Snapshot.Verify((await farm.BulkAsync(worker, """{"project":1,"recipe":"frame 18"}""", """{"project":1,"recipe":"frame 19"}""")).Text, "bulk_submit");
        Snapshot.Verify((await farm.BulkAsync(worker, body)).Text, "bulk_submit_of_what_is_there");
        Snapshot.Verify((await farm.AskAsync(worker, project)).Text, "get");
        Snapshot.Verify((await farm.ReleaseAsync(worker, 1, verification: -55)).Text, "release_for_others");
        await farm.AskAsync(worker, project);
        Snapshot.Verify((await farm.ReleaseAsync(worker, 2)).Text, "release");
        Snapshot.Verify((await farm.ReleaseAsync(worker, 2)).Text, "release_of_nothing");
        await farm.AskAsync(worker, project);
        Snapshot.Verify((await farm.AskAsync(worker, project)).Text, "nothing_to_do");
        await farm.CallAsync("POST", "/worker/set_paused", """{"worker":1,"paused":true}""", owner);
        Snapshot.Verify((await farm.AskAsync(worker, project)).Text, "paused");
    }

    [Fact]
    public async Task Over_the_rate()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, worker, _) = await farm.PublicProjectAsync("\"submit_rate\":0.5,\"assign_rate\":0.25");
        await farm.SubmitAsync(worker, project);
        Snapshot.Verify((await farm.SubmitAsync(worker, project)).Text, "submit");
        farm.Time.Advance(TimeSpan.FromSeconds(2));
        await farm.SubmitAsync(worker, project);
        await farm.AskAsync(worker, project);
        Snapshot.Verify(JsonNode.Parse((await farm.AskAsync(worker, project)).Text), "get");
    }
}
