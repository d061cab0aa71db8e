using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Tasks are submitted (Contracts/TaskTracker/Contract.md sections 4.2, 5.6 and 7).</summary>
public sealed class SubmitTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"project":P}""")]
    [InlineData("""{"project":P,"recipe":""}""")]
    [InlineData("""{"project":P,"recipe":null}""")]
    [InlineData("""{"project":P,"recipe":7}""")]
    [InlineData("""{"recipe":"r"}""")]
    [InlineData("""{"project":0,"recipe":"r"}""")]
    [InlineData("""{"project":-1,"recipe":"r"}""")]
    [InlineData("""{"project":"P","recipe":"r"}""")]
    [InlineData("""{"project":1.5,"recipe":"r"}""")]
    [InlineData("""{"project":P,"recipe":"r","max_retries":-1}""")]
    [InlineData("""{"project":P,"recipe":"r","max_retries":32768}""")]
    [InlineData("""{"project":P,"recipe":"r","priority":32768}""")]
    [InlineData("""{"project":P,"recipe":"r","priority":-32769}""")]
    [InlineData("""{"project":P,"recipe":"r","max_assign_time":2147483648}""")]
    [InlineData("""{"project":P,"recipe":"r","max_assign_time":-1}""")]
    [InlineData("""{"project":P,"recipe":"r","verification_count":-1}""")]
    [InlineData("""{"project":P,"recipe":"r","verification_count":32768}""")]
    [InlineData("""{"project":P,"recipe":"r","hash64":9223372036854775808}""")]
    [InlineData("""{"project":P,"recipe":"r","hash64":1,"hash_u64":2}""")]
    [InlineData("""{"project":P,"recipe":"r","hash_u64":1,"unique_string":"u"}""")]
    [InlineData("""{"project":P,"recipe":"r","hash_u64":1,"unique_str":"u"}""")]
    [InlineData("""{"project":P,"recipe":"r","unique_string":"u","unique_str":"v"}""")]
    [InlineData("""{"project":P,"recipe":"r"} trailing""")]
    [InlineData("""{"project":P,"recipe":"\ud800"}""")]
    public async Task An_invalid_task_is_rejected(string body)
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.CallAsync("POST", "/task/submit", body.Replace("P", $"{project}"), worker)).Refused(400);
        (await _farm.BulkAsync(worker, body.Length > 0 ? body.Replace("P", $"{project}") : "1")).Refused(400);
        await _farm.NoTaskAsync(worker, project);
    }

    [Theory]
    [InlineData("""{"PROJECT":P,"Recipe":"r","max_RETRIES":null,"unknown":[1],"priority":1,"priority":2}""", 2)]
    [InlineData("""{"project":P,"recipe":"r","hash64":0,"hash_u64":0,"unique_string":"","unique_str":null,"verification_count":0}""", 0)]
    [InlineData("""{"project":P,"recipe":"r","priority":-32768,"max_retries":32767,"verification_count":32767,"max_assign_time":2147483647}""", -32768)]
    public async Task Names_are_case_insensitive_null_means_missing_and_the_last_duplicate_counts(string body, int priority)
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.CallAsync("POST", "/task/submit", body.Replace("P\"", "P@").Replace("P,", $"{project},").Replace("@", "\""), worker)).Good();
        Assert.Equal(priority, (int)(await _farm.TakeAsync(worker, project))["priority"]!);
    }

    [Fact]
    public async Task An_unknown_project_is_404_and_has_no_rate()
    {
        var (_, worker, _) = await NewAsync();
        var answer = (await _farm.SubmitAsync(worker, 99999)).Refused(404);
        Assert.False(answer.Json.ContainsKey("rate_limit_delay"));
        (await _farm.BulkAsync(worker, """{"project":99999,"recipe":"r"}""")).Refused(404);
    }

    [Fact]
    public async Task Submitting_needs_granted_access_even_in_a_public_project()
    {
        var (project, _, owner) = await NewAsync();
        var other = await _farm.TrackerWorkerAsync("other");
        (await _farm.SubmitAsync(other, project)).Refused(400);
        (await _farm.BulkAsync(other, $$"""{"project":{{project}},"recipe":"r"}""")).Refused(400);
        (await _farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{project}},"submit":true}""", other)).Good();
        (await _farm.SubmitAsync(other, project)).Refused(400);
        (await _farm.CallAsync("POST", $"/project/accept_request/{project}/{other.Worker!.Value.Id}", null, owner)).Good();
        (await _farm.SubmitAsync(other, project)).Good();
    }

    [Fact]
    public async Task A_recipe_is_returned_unchanged()
    {
        var (project, worker, _) = await NewAsync();
        const string text = """a\u0000b \"quoted\" \\ \r\n\t <é> 日本語 😀 {\"json\": [1]}""";
        (await _farm.SubmitAsync(worker, project, text)).Good();
        Assert.Equal("a\0b \"quoted\" \\ \r\n\t <é> 日本語 😀 {\"json\": [1]}", (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
    }

    [Theory]
    [InlineData("\"hash64\":77", "\"hash_u64\":77")]
    [InlineData("\"hash64\":-1", "\"hash64\":-1,\"hash_u64\":-1")]
    [InlineData("\"unique_string\":\"u\"", "\"unique_str\":\"u\"")]
    [InlineData("\"unique_string\":\"Hello, world\"", "\"hash64\":8565956259293726066")]
    [InlineData("\"unique_str\":\"日本語\",\"hash64\":5", "\"hash_u64\":1091377360618762286")]
    public async Task A_task_is_unique_in_its_project_by_hash_or_text_under_each_name(string first, string second)
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project, more: first)).Good();
        (await _farm.SubmitAsync(worker, project, more: second)).Refused(400);
        (await _farm.SubmitAsync(worker, project, more: first)).Refused(400);
        (await _farm.SubmitAsync(worker, project)).Good();
        var (another, itsWorker, _) = await NewAsync();
        (await _farm.SubmitAsync(itsWorker, another, more: second)).Good();
    }

    [Fact]
    public async Task A_hash_is_taken_until_its_task_is_closed()
    {
        var (project, worker, _) = await NewAsync();
        var other = await _farm.TrackerWorkerAsync("other");
        const string unique = "\"unique_string\":\"page\",\"verification_count\":2,\"max_retries\":1";
        (await _farm.SubmitAsync(worker, project, more: unique)).Good();
        (await _farm.SubmitAsync(worker, project, more: unique)).Refused(400);
        var task = await _farm.TakeAsync(worker, project);
        (await _farm.SubmitAsync(worker, project, more: unique)).Refused(400);
        Assert.False(await _farm.UpdatedAsync(worker, task, verification: 1));
        (await _farm.SubmitAsync(worker, project, more: unique)).Refused(400);
        Assert.True(await _farm.UpdatedAsync(other, await _farm.TakeAsync(other, project), verification: 1));
        (await _farm.SubmitAsync(worker, project, more: unique)).Good();
        Assert.True(await _farm.UpdatedAsync(worker, await _farm.TakeAsync(worker, project), result: 1));
        (await _farm.SubmitAsync(worker, project, more: unique)).Refused(400);
    }

    [Fact]
    public async Task Changes_through_another_protocol_are_visible_at_once()
    {
        var (project, worker, _) = await NewAsync();
        var job = _farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Uuid;
        (await _farm.SubmitAsync(worker, project, more: "\"hash64\":5")).Good();
        await CommandAsync(job, "complete");
        await _farm.NoTaskAsync(worker, project);
        (await _farm.SubmitAsync(worker, project, "second", "\"hash64\":5")).Good();
        await CommandAsync(job, "requeue");
        Assert.Equal("do it", (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
        (await _farm.SubmitAsync(worker, project, more: "\"hash64\":5")).Refused(400);
        Assert.Equal("second", (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
    }

    [Fact]
    public async Task A_bulk_submission_skips_only_duplicates()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project, more: "\"hash64\":1")).Good();
        string Entry(string recipe, int hash) => $$"""{"project":{{project}},"recipe":"{{recipe}}","hash64":{{hash}}}""";
        var answer = (await _farm.BulkAsync(worker, Entry("a", 2), Entry("b", 1), Entry("c", 3), Entry("d", 3), Entry("e", 0))).Good();
        Assert.Contains("2 of 5", answer.Message);
        Assert.False(answer.Json.ContainsKey("content"));
        Assert.Null((await _farm.BulkAsync(worker, Entry("f", 4))).Good().Message);
        foreach (var recipe in new[] { "do it", "a", "c", "e", "f" }) Assert.Equal(recipe, (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
        await _farm.NoTaskAsync(worker, project);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"requests":[]}""")]
    [InlineData("""{"requests":null}""")]
    [InlineData("""{"requests":{"project":P,"recipe":"r"}}""")]
    [InlineData("""{"requests":[{"project":P,"recipe":"r"},null]}""")]
    [InlineData("""{"requests":[{"project":P,"recipe":"r"},{"project":P}]}""")]
    [InlineData("""{"requests":[{"project":P,"recipe":"r"},{"project":1,"recipe":"r"}]}""")]
    [InlineData("""{"requests":[{"project":P,"recipe":"r"}]""")]
    public async Task Nothing_of_an_invalid_bulk_submission_is_stored(string body)
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.CallAsync("POST", "/task/bulk_submit", body.Replace("P", $"{project}"), worker)).Refused(400);
        await _farm.NoTaskAsync(worker, project);
    }

    [Fact]
    public async Task A_bulk_of_thousands_is_one_request()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.BulkAsync(worker, [.. Enumerable.Range(0, 3000).Select(i => $$"""{"project":{{project}},"recipe":"{{i}}"}""")])).Good();
        Assert.Equal(3000, _farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Tasks.Queued);
    }

    [Fact]
    public async Task An_ended_project_accepts_no_tasks_until_it_is_reopened()
    {
        var (project, worker, _) = await NewAsync();
        var job = _farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Uuid;
        await _farm.Service<JobControl>().SetStatusAsync(Caller.Farm, job, JobStatus.CancelRequested, "test");
        Assert.Contains("requeue", (await _farm.SubmitAsync(worker, project)).Refused(400).Message);
        await _farm.Service<JobControl>().DoAsync(Caller.Farm, job, JobVerb.Requeue, "test");
        (await _farm.SubmitAsync(worker, project)).Good();
    }

    [Fact]
    public async Task A_paused_worker_can_submit()
    {
        var (project, worker, owner) = await NewAsync();
        (await _farm.CallAsync("POST", "/worker/set_paused", $$"""{"worker":{{worker.Worker!.Value.Id}},"paused":true}""", owner)).Good();
        (await _farm.SubmitAsync(worker, project)).Good();
    }

    [Fact]
    public async Task A_task_shows_its_recipe_as_its_command()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project, "frame 17\\nand more")).Good();
        var job = _farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Uuid;
        var task = await _farm.GetAsync($"/api/v3/tasks/{(await _farm.GetAsync($"/api/v3/jobs/{job}/tasks"))["tasks"]![0]!["id"]}");
        Assert.Equal("frame 17", (string?)task["name"]);
        Assert.Equal("""[{"name":"recipe","parameters":{"recipe":"frame 17\nand more"},"total_step_count":0}]""", task["commands"]!.ToJsonString());
    }

    private async Task CommandAsync(Guid job, string command)
    {
        using var answer = await _farm.Client.PutAsync("/api/tasks", new StringContent($$"""{"Command":"{{command}}","JobID":"{{job:D}}","TaskList":[0]}"""));
        Assert.Equal("Success", await answer.Content.ReadAsStringAsync());
    }

    private Task<(long Project, TrackerCaller Worker, TrackerCaller Owner)> NewAsync() => _farm.PublicProjectAsync(name: $"p{Guid.NewGuid():N}");
}
