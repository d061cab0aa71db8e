using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Tags of workers and jobs (Contracts/Flamenco/Contract.md sections 4.6, 6.2 and 6.4).</summary>
public sealed class TagTests
{
    private const string Tags = "/api/v3/worker-mgt/tags";

    [Fact]
    public async Task A_tag_is_created_read_updated_and_deleted()
    {
        await using var farm = await TestFarm.StartAsync();
        var tag = await CreateAsync(farm, "gpu", "has a graphics card");
        Snapshot.Verify(tag);
        Assert.Equal(tag.ToJsonString(), (await farm.GetAsync(Tag(tag))).ToJsonString());

        await farm.Client.PutAsJsonAsync(Tag(tag), new { name = "cuda" }).IsEmptyAsync();
        Assert.Equal(("cuda", "has a graphics card"), NameAndDescription(await farm.GetAsync(Tag(tag))));
        await farm.Client.PutAsJsonAsync(Tag(tag), new { name = "cuda", description = "" }).IsEmptyAsync();
        Assert.Equal(("cuda", null), NameAndDescription(await farm.GetAsync(Tag(tag))));

        await farm.Client.DeleteAsync(Tag(tag)).IsEmptyAsync();
        await farm.Client.GetAsync(Tag(tag)).IsRefusedAsync(404);
        Assert.Equal("""{"tags":[]}""", (await farm.GetAsync(Tags)).ToJsonString());
    }

    [Fact]
    public async Task A_tag_may_have_a_given_id_and_names_and_ids_are_unique()
    {
        await using var farm = await TestFarm.StartAsync();
        const string id = "4312d68c-ea6d-4566-9bf6-e9f09be48ceb";
        var tag = await farm.Client.PostAsJsonAsync(Tags, new { id, name = "gpu" }).IsJsonAsync();
        Assert.Equal($$"""{"id":"{{id}}","name":"gpu"}""", tag.ToJsonString());
        await farm.Client.PostAsJsonAsync(Tags, new { name = "gpu" }).IsRefusedAsync(409);
        await farm.Client.PostAsJsonAsync(Tags, new { id, name = "other" }).IsRefusedAsync(409);
        var other = await CreateAsync(farm, "other");
        await farm.Client.PutAsJsonAsync(Tag(other), new { name = "gpu" }).IsRefusedAsync(409);
        await farm.Client.PutAsJsonAsync(Tag(other), new { name = "other" }).IsEmptyAsync();
    }

    [Theory]
    [InlineData("{}", "\"name\"")]
    [InlineData("""{"name":""}""", "\"name\"")]
    [InlineData("""{"name":"x","id":"no-id"}""", "\"id\"")]
    [InlineData("""{"name":"x","description":7}""", "\"description\"")]
    public async Task An_invalid_tag_is_rejected(string body, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.Contains(says, await farm.Client.PostTextAsync(Tags, body).IsRefusedAsync(400));
        Assert.Equal("""{"tags":[]}""", (await farm.GetAsync(Tags)).ToJsonString());
    }

    [Theory]
    [InlineData(Answers.Nobody, 404)]
    [InlineData("no-id", 400)]
    public async Task An_unknown_tag_is_404_and_a_malformed_id_400(string id, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Client.GetAsync($"/api/v3/worker-mgt/tag/{id}").IsRefusedAsync(status);
        await farm.Client.PutAsJsonAsync($"/api/v3/worker-mgt/tag/{id}", new { name = "x" }).IsRefusedAsync(status);
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/tag/{id}").IsRefusedAsync(status);
    }

    [Fact]
    public async Task Setting_the_tags_of_a_worker_replaces_all_and_ignores_unknown_ones()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        var (gpu, big) = (await CreateAsync(farm, "gpu"), await CreateAsync(farm, "big"));
        await SetTagsAsync(farm, worker, (string)gpu["id"]!, (string)gpu["id"]!).IsEmptyAsync();
        await SetTagsAsync(farm, worker, (string)big["id"]!, Answers.Nobody).IsEmptyAsync();
        Assert.Equal(["big"], await TagsOfAsync(farm, worker));
        await SetTagsAsync(farm, worker).IsEmptyAsync();
        Assert.Empty(await TagsOfAsync(farm, worker));
        await SetTagsAsync(farm, worker, "no-id").IsRefusedAsync(400);
        await farm.Client.PostTextAsync($"/api/v3/worker-mgt/workers/{worker.Id}/settags", "{}").IsRefusedAsync(400);
        await farm.Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{Answers.Nobody}/settags", new { tag_ids = Array.Empty<string>() }).IsRefusedAsync(404);
        await farm.Client.PostAsJsonAsync("/api/v3/worker-mgt/workers/no-id/settags", new { tag_ids = Array.Empty<string>() }).IsRefusedAsync(400);
    }

    [Fact]
    public async Task Deleting_a_tag_removes_it_from_workers_and_jobs()
    {
        await using var farm = await TestFarm.StartAsync();
        var tag = await CreateAsync(farm, "gpu");
        var job = await farm.SubmitEchoAsync();
        var bearer = await farm.AwakeAsync("bearer");
        await SetTagsAsync(farm, bearer, (string)tag["id"]!).IsEmptyAsync();
        await SetTagAsync(farm, job, new { id = (string)tag["id"]! }).IsEmptyAsync();
        var other = await farm.AwakeAsync("other");
        await other.ScheduleAsync().IsEmptyAsync();
        await farm.Client.DeleteAsync(Tag(tag)).IsEmptyAsync();
        Assert.Null((await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["worker_tag"]);
        Assert.Empty(await TagsOfAsync(farm, bearer));
        await other.TakeAsync();
    }

    [Fact]
    public async Task A_job_tag_is_set_by_id_or_name_and_removed_with_neither()
    {
        await using var farm = await TestFarm.StartAsync();
        var tag = await CreateAsync(farm, "gpu");
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await SetTagAsync(farm, job, new { name = "gpu" }).IsEmptyAsync();
        Assert.Equal((string)tag["id"]!, (string)(await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["worker_tag"]!);
        await worker.ScheduleAsync().IsEmptyAsync();
        await SetTagAsync(farm, job, new { }).IsEmptyAsync();
        Assert.Null((await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["worker_tag"]);
        await SetTagAsync(farm, job, new { id = (string)tag["id"]! }).IsEmptyAsync();
        await worker.ScheduleAsync().IsEmptyAsync();
        await SetTagsAsync(farm, worker, (string)tag["id"]!).IsEmptyAsync();
        await worker.TakeAsync();
    }

    [Fact]
    public async Task An_unknown_tag_for_a_job_is_rejected_and_changes_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        var tag = await CreateAsync(farm, "gpu");
        var job = await farm.SubmitEchoAsync();
        await SetTagAsync(farm, job, new { name = "gpu" }).IsEmptyAsync();
        await SetTagAsync(farm, job, new { id = Answers.Nobody }).IsRefusedAsync(422);
        await SetTagAsync(farm, job, new { name = "none" }).IsRefusedAsync(422);
        await SetTagAsync(farm, job, new { id = "no-id" }).IsRefusedAsync(400);
        Assert.Equal((string)tag["id"]!, (string)(await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["worker_tag"]!);
        await farm.Client.PostAsJsonAsync($"/api/v3/jobs/{Answers.Nobody}/settag", new { }).IsRefusedAsync(404);
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/no-id/settag", new { }).IsRefusedAsync(400);
    }

    private static Task<JsonObject> CreateAsync(TestFarm farm, string name, string description = "") =>
        farm.Client.PostAsJsonAsync(Tags, new { name, description }).IsJsonAsync();

    private static string Tag(JsonObject tag) => $"/api/v3/worker-mgt/tag/{tag["id"]}";

    private static (string, string?) NameAndDescription(JsonObject tag) => ((string)tag["name"]!, (string?)tag["description"]);

    private static Task<HttpResponseMessage> SetTagsAsync(TestFarm farm, TestWorker worker, params string[] tags) =>
        farm.Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{worker.Id}/settags", new { tag_ids = tags });

    private static Task<HttpResponseMessage> SetTagAsync(TestFarm farm, JsonObject job, object tag) =>
        farm.Client.PostAsJsonAsync($"/api/v3/jobs/{job["id"]}/settag", tag);

    private static async Task<IEnumerable<string>> TagsOfAsync(TestFarm farm, TestWorker worker) =>
        ((await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["tags"] as JsonArray ?? []).Select(tag => (string)tag!["name"]!);
}
