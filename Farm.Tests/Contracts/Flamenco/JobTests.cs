using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>The operations on jobs and job types (Contracts/Flamenco/Contract.md sections 6.2 and 7.1).</summary>
public sealed class JobTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Fact]
    public async Task The_default_priority_of_a_job_is_50()
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.Equal(50, (int)(await farm.SubmitAsync(Job()))["priority"]!);
        Assert.Equal(50, (int)(await farm.SubmitAsync(With("priority", null)))["priority"]!);
        Assert.Equal(1234, (int)(await farm.SubmitAsync(With("priority", 1234)))["priority"]!);
    }

    [Theory]
    [InlineData("priority", "50.0")]
    [InlineData("priority", "\"50\"")]
    [InlineData("priority", "9999999999")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\"a\\nb\"")]
    [InlineData("type", "null")]
    [InlineData("submitter_platform", "3")]
    [InlineData("settings", "[]")]
    [InlineData("metadata", "{\"user\":1}")]
    [InlineData("worker_tag", "\"fast\"")]
    [InlineData("initial_status", "\"sleeping\"")]
    [InlineData("initial_status", "\"completed\"")]
    [InlineData("storage", "\"x\"")]
    public async Task A_malformed_submission_is_rejected_by_both_operations_naming_the_property(string name, string value)
    {
        var farm = shared.Farm;
        var body = With(name, JsonNode.Parse(value)).ToJsonString();
        Assert.Contains(name, await farm.Client.PostTextAsync("/api/v3/jobs", body).IsRefusedAsync(400));
        Assert.Contains(name, await farm.Client.PostTextAsync("/api/v3/jobs/check", body).IsRefusedAsync(400));
        Assert.Empty((await farm.GetAsync("/api/v3/jobs"))["jobs"]!.AsArray());
    }

    [Theory]
    [InlineData("type", "\"no-such-type\"", "no-such-type")]
    [InlineData("settings", "{\"sleep_repeats\":\"many\"}", "sleep_repeats")]
    [InlineData("worker_tag", "\"00000000-0000-7000-8000-000000000000\"", "tag")]
    public async Task A_job_that_cannot_be_created_is_rejected_with_the_reason(string name, string value, string reason)
    {
        var farm = shared.Farm;
        Assert.Contains(reason, await farm.Client.PostAsJsonAsync("/api/v3/jobs", With(name, JsonNode.Parse(value))).IsRefusedAsync(400));
        Assert.Contains(reason, await farm.Client.PostAsJsonAsync("/api/v3/jobs/check", With(name, JsonNode.Parse(value))).IsRefusedAsync(400));
    }

    [Fact]
    public async Task An_outdated_etag_is_rejected_with_412()
    {
        var farm = shared.Farm;
        var etag = (string)(await farm.GetAsync("/api/v3/jobs/type/echo-sleep-test"))["etag"]!;
        await farm.Client.PostAsJsonAsync("/api/v3/jobs", With("type_etag", "old")).IsRefusedAsync(412);
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/check", With("type_etag", "old")).IsRefusedAsync(412);
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/check", With("type_etag", etag)).IsEmptyAsync();
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/check", With("type_etag", "")).IsEmptyAsync();
    }

    [Fact]
    public async Task A_check_stores_nothing()
    {
        var farm = shared.Farm;
        await farm.Client.PostAsJsonAsync("/api/v3/jobs/check", Job()).IsEmptyAsync();
        Assert.Equal("""{"jobs":[]}""", (await farm.GetAsync("/api/v3/jobs")).ToJsonString());
    }

    [Fact]
    public async Task Job_types_are_sorted_and_an_unknown_one_is_404()
    {
        var farm = shared.Farm;
        var names = (await farm.GetAsync("/api/v3/jobs/types"))["job_types"]!.AsArray().Select(type => (string)type!["name"]!).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("simple-blender-render", names);
        await farm.Client.GetAsync("/api/v3/jobs/type/nonsense").IsRefusedAsync(404);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/tasks")]
    [InlineData("GET", "/last-rendered")]
    [InlineData("POST", "/setstatus")]
    [InlineData("POST", "/setpriority")]
    public async Task An_unknown_job_is_404_and_a_malformed_id_400(string method, string operation)
    {
        var farm = shared.Farm;
        foreach (var (id, status) in new[] { (Answers.Nobody, 404), ("no-id", 400), (Answers.Nobody.Replace("-", ""), 400) })
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/jobs/{id}{operation}");
            if (method == "POST") request.Content = JsonContent.Create(new { status = "paused", reason = "", priority = 1 });
            await farm.Client.SendAsync(request).IsRefusedAsync(status);
        }
    }

    [Theory]
    [InlineData("setstatus", """{"status":"paused"}""", "\"reason\"")]
    [InlineData("setstatus", """{"reason":"r"}""", "\"status\"")]
    [InlineData("setstatus", """{"status":"gone","reason":"r"}""", "\"status\"")]
    [InlineData("setstatus", """{"status":"under-construction","reason":"r"}""", "construction")]
    [InlineData("setpriority", "{}", "\"priority\"")]
    [InlineData("setpriority", """{"priority":101}""", "\"priority\"")]
    [InlineData("setpriority", """{"priority":-1}""", "\"priority\"")]
    [InlineData("setpriority", """{"priority":1.5}""", "\"priority\"")]
    public async Task An_invalid_request_changes_nothing(string operation, string body, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitAsync(Job());
        Assert.Contains(says, await farm.Client.PostTextAsync($"/api/v3/jobs/{job["id"]}/{operation}", body).IsRefusedAsync(400));
        Assert.Equal(job.ToJsonString(), (await farm.GetAsync($"/api/v3/jobs/{job["id"]}")).ToJsonString());
    }

    [Fact]
    public async Task Deleting_a_job_deletes_its_tasks_logs_and_images()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.SendImageAsync(task["uuid"], SampleImages.Png(4, 4)).IsEmptyAsync(202);
        while ((await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}/last-rendered")).StatusCode != System.Net.HttpStatusCode.OK) await Task.Yield();
        var log = (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}/log"))["url"]!;

        await farm.Client.DeleteAsync($"/api/v3/jobs/{job["id"]}").IsEmptyAsync();
        await farm.Service<BulkUpdateService>().DrainAsync();
        await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}").IsRefusedAsync(404);
        await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}").IsRefusedAsync(404);
        await farm.Client.GetAsync(log).IsRefusedAsync(404);
        await farm.Client.GetAsync("/api/v3/jobs/last-rendered").IsEmptyAsync();
        Assert.Equal("Task not found", (string)(await worker.MayRunAsync(task))["reason"]!);
        await worker.ReportAsync(task["uuid"], new { taskStatus = "completed" }).IsRefusedAsync(404);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(farm.Data, "*", SearchOption.AllDirectories), file => file.Contains((string)job["id"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_a_job_is_being_deleted_only_another_delete_is_accepted()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(5);
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("UPDATE jobs SET delete_requested_at = 1, mass_change = 7"));
        await farm.Client.DeleteAsync($"/api/v3/jobs/{job["id"]}").IsEmptyAsync();
        await farm.SetJobAsync(job, "queued").IsRefusedAsync(404);
    }

    [Fact]
    public async Task A_job_under_construction_rejects_all_changes()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("UPDATE jobs SET status = 0"));
        await farm.SetJobAsync(job, "paused").IsRefusedAsync(422);
        Assert.Equal("under-construction", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task File_paths_include_the_prefix()
    {
        await using var farm = await TestFarm.StartAsync(
            contracts: new Dictionary<string, ContractSettings> { ["flamenco"] = new() { Prefix = "/studio" } });
        var job = await farm.Client.PostAsJsonAsync("/studio/api/v3/jobs", Job()).IsJsonAsync();
        var task = (await farm.GetAsync($"/studio/api/v3/jobs/{job["id"]}/tasks"))["tasks"]![0]!;
        await farm.Client.PostAsJsonAsync($"/studio/api/v3/tasks/{task["id"]}/setstatus", new { status = "failed", reason = "test" }).IsEmptyAsync();
        var url = (string)(await farm.GetAsync($"/studio/api/v3/tasks/{task["id"]}/log"))["url"]!;
        Assert.StartsWith("/studio/job-files/", url);
        Assert.Contains("queued -> failed", await farm.Client.GetStringAsync(url));
    }

    [Fact]
    public async Task A_long_list_of_tasks_is_complete_and_in_order()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(2500);
        var tasks = await farm.TasksAsync(job);
        Assert.Equal(Enumerable.Range(1, 2500), tasks.Select(task => (int)task["index_in_job"]!));
    }

    [Fact]
    public async Task A_long_list_of_jobs_is_complete_without_duplicates()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)
            INSERT INTO jobs (uuid, name, type, status, status_after_build, priority, created_at, updated_at)
            SELECT {(TestDatabase.IsPostgres ? "decode(md5(i::text), 'hex')" : "randomblob(16)")}, i, 'echo-sleep-test', 4, 4, 50, 0, 0 FROM n
            """));
        var names = (await farm.GetAsync("/api/v3/jobs"))["jobs"]!.AsArray().Select(job => (string)job!["name"]!);
        Assert.Equal(Enumerable.Range(1, 2100).Select(number => $"{number}"), names);
    }

    private static JsonObject Job() => new()
    {
        ["name"] = "n",
        ["type"] = "echo-sleep-test",
        ["submitter_platform"] = "linux",
        ["settings"] = new JsonObject { ["message"] = "m" },
    };

    private static JsonObject With(string name, JsonNode? value)
    {
        var job = Job();
        job[name] = value;
        return job;
    }
}
