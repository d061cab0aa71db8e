using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>The blocklist of a job (Contracts/Flamenco/Contract.md sections 4.4 and 6.2).</summary>
public sealed class BlocklistTests
{
    [Fact]
    public async Task A_blocked_worker_is_listed_and_gets_tasks_again_when_removed()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(40);
        var (bad, _) = (await farm.AwakeAsync("bad"), await farm.AwakeAsync("good"));
        Assert.Equal("[]", await farm.Client.GetStringAsync(Blocklist(job)));
        for (var i = 0; i < 3; i++) await bad.TakeAndFailAsync();
        await bad.ScheduleAsync().IsEmptyAsync();
        var list = await farm.Client.GetStringAsync(Blocklist(job));
        Snapshot.Verify(list);

        await RemoveAsync(farm, job, JsonNode.Parse(list)!).IsEmptyAsync();
        Assert.Equal("[]", await farm.Client.GetStringAsync(Blocklist(job)));
        await bad.TakeAsync();
    }

    [Fact]
    public async Task Only_the_named_entries_are_removed()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(40);
        var (bad, _) = (await farm.AwakeAsync("bad"), await farm.AwakeAsync("good"));
        for (var i = 0; i < 3; i++) await bad.TakeAndFailAsync();
        await RemoveAsync(farm, job, Entries(bad.Id, "ffmpeg")).IsEmptyAsync();
        await RemoveAsync(farm, job, Entries(Answers.Nobody, "blender")).IsEmptyAsync();
        await bad.ScheduleAsync().IsEmptyAsync();
        await RemoveAsync(farm, job, Entries(bad.Id, "blender")).IsEmptyAsync();
        await bad.TakeAsync();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("""[{"task_type":"blender"}]""")]
    [InlineData("""[{"worker_id":"no-id","task_type":"blender"}]""")]
    [InlineData($$"""[{"worker_id":"{{Answers.Nobody}}"}]""")]
    [InlineData("")]
    public async Task A_malformed_list_of_entries_is_rejected(string body)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var request = new HttpRequestMessage(HttpMethod.Delete, Blocklist(job)) { Content = new StringContent(body, null, "application/json") };
        await farm.Client.SendAsync(request).IsRefusedAsync(400);
    }

    [Theory]
    [InlineData(Answers.Nobody, 404)]
    [InlineData("no-id", 400)]
    public async Task An_unknown_job_has_no_blocklist(string id, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = new JsonObject { ["id"] = id };
        await farm.Client.GetAsync(Blocklist(job)).IsRefusedAsync(status);
        await RemoveAsync(farm, job, Entries(Answers.Nobody, "blender")).IsRefusedAsync(status);
    }

    private static string Blocklist(JsonObject job) => $"/api/v3/jobs/{job["id"]}/blocklist";

    private static JsonArray Entries(string worker, string type) => [new JsonObject { ["worker_id"] = worker, ["task_type"] = type }];

    private static Task<HttpResponseMessage> RemoveAsync(TestFarm farm, JsonObject job, JsonNode entries) =>
        farm.Client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, Blocklist(job)) { Content = JsonContent.Create(entries) });
}
