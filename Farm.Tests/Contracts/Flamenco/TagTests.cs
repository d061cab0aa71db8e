using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Tags of workers and jobs (Contracts/Flamenco/Contract.md sections 4.6, 6.2 and 6.4).</summary>
public sealed class TagTests
{
    private const string Tags = "/api/v3/worker-mgt/tags";

    [Fact]
    public async Task A_tag_is_made_read_changed_and_removed()
    {
        await using var farm = await TestFarm.Start();
        var tag = await Create(farm, "gpu", "has a graphics card");
        Snapshot.Verify(tag);
        Assert.Equal(tag.ToJsonString(), (await farm.Get(Tag(tag))).ToJsonString());

        await farm.Client.PutAsJsonAsync(Tag(tag), new { name = "cuda" }).IsEmpty();
        Assert.Equal(("cuda", "has a graphics card"), NameAndDescription(await farm.Get(Tag(tag))));
        await farm.Client.PutAsJsonAsync(Tag(tag), new { name = "cuda", description = "" }).IsEmpty();
        Assert.Equal(("cuda", null), NameAndDescription(await farm.Get(Tag(tag))));

        await farm.Client.DeleteAsync(Tag(tag)).IsEmpty();
        await farm.Client.GetAsync(Tag(tag)).IsRefused(404);
        Assert.Equal("""{"tags":[]}""", (await farm.Get(Tags)).ToJsonString());
    }

    [Fact]
    public async Task A_tag_may_bring_its_own_id_and_names_and_ids_are_unique()
    {
        await using var farm = await TestFarm.Start();
        const string id = "4312d68c-ea6d-4566-9bf6-e9f09be48ceb";
        var tag = await farm.Client.PostAsJsonAsync(Tags, new { id, name = "gpu" }).IsJson();
        Assert.Equal($$"""{"id":"{{id}}","name":"gpu"}""", tag.ToJsonString());
        await farm.Client.PostAsJsonAsync(Tags, new { name = "gpu" }).IsRefused(409);
        await farm.Client.PostAsJsonAsync(Tags, new { id, name = "other" }).IsRefused(409);
        var other = await Create(farm, "other");
        await farm.Client.PutAsJsonAsync(Tag(other), new { name = "gpu" }).IsRefused(409);
        await farm.Client.PutAsJsonAsync(Tag(other), new { name = "other" }).IsEmpty();
    }

    [Theory]
    [InlineData("{}", "\"name\"")]
    [InlineData("""{"name":""}""", "\"name\"")]
    [InlineData("""{"name":"x","id":"no-id"}""", "\"id\"")]
    [InlineData("""{"name":"x","description":7}""", "\"description\"")]
    public async Task What_is_no_tag_is_refused(string body, string says)
    {
        await using var farm = await TestFarm.Start();
        Assert.Contains(says, await farm.Client.PostText(Tags, body).IsRefused(400));
        Assert.Equal("""{"tags":[]}""", (await farm.Get(Tags)).ToJsonString());
    }

    [Theory]
    [InlineData(Answers.Nobody, 404)]
    [InlineData("no-id", 400)]
    public async Task Ids_of_no_tag_are_404_and_what_is_no_id_is_400(string id, int status)
    {
        await using var farm = await TestFarm.Start();
        await farm.Client.GetAsync($"/api/v3/worker-mgt/tag/{id}").IsRefused(status);
        await farm.Client.PutAsJsonAsync($"/api/v3/worker-mgt/tag/{id}", new { name = "x" }).IsRefused(status);
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/tag/{id}").IsRefused(status);
    }

    [Fact]
    public async Task Setting_the_tags_of_a_worker_replaces_all_and_passes_over_what_is_no_tag()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Register();
        var (gpu, big) = (await Create(farm, "gpu"), await Create(farm, "big"));
        await SetTags(farm, worker, (string)gpu["id"]!, (string)gpu["id"]!).IsEmpty();
        await SetTags(farm, worker, (string)big["id"]!, Answers.Nobody).IsEmpty();
        Assert.Equal(["big"], await TagsOf(farm, worker));
        await SetTags(farm, worker).IsEmpty();
        Assert.Empty(await TagsOf(farm, worker));
        await SetTags(farm, worker, "no-id").IsRefused(400);
        await farm.Client.PostText($"/api/v3/worker-mgt/workers/{worker.Id}/settags", "{}").IsRefused(400);
        await farm.Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{Answers.Nobody}/settags", new { tag_ids = Array.Empty<string>() }).IsRefused(404);
        await farm.Client.PostAsJsonAsync("/api/v3/worker-mgt/workers/no-id/settags", new { tag_ids = Array.Empty<string>() }).IsRefused(400);
    }

    [Fact]
    public async Task Removing_a_tag_takes_it_from_workers_and_jobs_which_are_then_for_anybody()
    {
        await using var farm = await TestFarm.Start();
        var tag = await Create(farm, "gpu");
        var job = await farm.SubmitEcho();
        var bearer = await farm.Awake("bearer");
        await SetTags(farm, bearer, (string)tag["id"]!).IsEmpty();
        await SetTag(farm, job, new { id = (string)tag["id"]! }).IsEmpty();
        var other = await farm.Awake("other");
        await other.Schedule().IsEmpty();
        await farm.Client.DeleteAsync(Tag(tag)).IsEmpty();
        Assert.Null((await farm.Get($"/api/v3/jobs/{job["id"]}"))["worker_tag"]);
        Assert.Empty(await TagsOf(farm, bearer));
        await other.Take();
    }

    [Fact]
    public async Task The_tag_of_a_job_is_set_by_id_or_by_name_and_removed_by_neither()
    {
        await using var farm = await TestFarm.Start();
        var tag = await Create(farm, "gpu");
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        await SetTag(farm, job, new { name = "gpu" }).IsEmpty();
        Assert.Equal((string)tag["id"]!, (string)(await farm.Get($"/api/v3/jobs/{job["id"]}"))["worker_tag"]!);
        await worker.Schedule().IsEmpty();
        await SetTag(farm, job, new { }).IsEmpty();
        Assert.Null((await farm.Get($"/api/v3/jobs/{job["id"]}"))["worker_tag"]);
        await SetTag(farm, job, new { id = (string)tag["id"]! }).IsEmpty();
        await worker.Schedule().IsEmpty();
        await SetTags(farm, worker, (string)tag["id"]!).IsEmpty();
        await worker.Take();
    }

    [Fact]
    public async Task A_tag_that_does_not_exist_is_refused_for_a_job_and_changes_nothing()
    {
        await using var farm = await TestFarm.Start();
        var tag = await Create(farm, "gpu");
        var job = await farm.SubmitEcho();
        await SetTag(farm, job, new { name = "gpu" }).IsEmpty();
        await SetTag(farm, job, new { id = Answers.Nobody }).IsRefused(422);
        await SetTag(farm, job, new { name = "none" }).IsRefused(422);
        await SetTag(farm, job, new { id = "no-id" }).IsRefused(400);
        Assert.Equal((string)tag["id"]!, (string)(await farm.Get($"/api/v3/jobs/{job["id"]}"))["worker_tag"]!);
        await farm.Client.PostAsJsonAsync($"/api/v3/jobs/{Answers.Nobody}/settag", new { }).IsRefused(404);
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/no-id/settag", new { }).IsRefused(400);
    }

    private static Task<JsonObject> Create(TestFarm farm, string name, string description = "") =>
        farm.Client.PostAsJsonAsync(Tags, new { name, description }).IsJson();

    private static string Tag(JsonObject tag) => $"/api/v3/worker-mgt/tag/{tag["id"]}";

    private static (string, string?) NameAndDescription(JsonObject tag) => ((string)tag["name"]!, (string?)tag["description"]);

    private static Task<HttpResponseMessage> SetTags(TestFarm farm, TestWorker worker, params string[] tags) =>
        farm.Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{worker.Id}/settags", new { tag_ids = tags });

    private static Task<HttpResponseMessage> SetTag(TestFarm farm, JsonObject job, object tag) =>
        farm.Client.PostAsJsonAsync($"/api/v3/jobs/{job["id"]}/settag", tag);

    private static async Task<IEnumerable<string>> TagsOf(TestFarm farm, TestWorker worker) =>
        ((await farm.Get($"/api/v3/worker-mgt/workers/{worker.Id}"))["tags"] as JsonArray ?? []).Select(tag => (string)tag!["name"]!);
}
