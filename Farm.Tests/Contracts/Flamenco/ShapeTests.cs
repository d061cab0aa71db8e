using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Every shape of answer, as clients get it.</summary>
public sealed class ShapeTests
{
    [Fact]
    public Task An_error() => PinAsync(async farm => await farm.Client.GetAsync($"/api/v3/jobs/{Answers.Nobody}"));

    [Fact]
    public Task A_registered_worker() => PinAsync(farm => farm.Client.PostAsJsonAsync("/api/v3/worker/register-worker", new
    {
        name = "node-07",
        secret = "s3cr3t",
        platform = "linux",
        supported_task_types = new[] { "blender", "ffmpeg", "file-management", "misc" },
    }));

    [Fact]
    public Task The_answer_to_a_sign_on() => PinAsync(async farm => await (await farm.RegisterAsync()).SignOnAsync());

    [Fact]
    public Task A_status_change_request_instead_of_a_task() => PinAsync(async farm =>
    {
        var worker = await farm.AwakeAsync();
        await farm.AskWorkerAsync(worker, "asleep");
        return await worker.ScheduleAsync();
    });

    [Fact]
    public Task An_assigned_task() => PinAsync(async farm =>
    {
        await farm.SubmitFramesAsync(2, priority: 60);
        return await (await farm.AwakeAsync()).ScheduleAsync();
    });

    [Fact]
    public Task Permission_to_keep_running() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        return await worker.Client.GetAsync($"task/{task["uuid"]}/may-i-run");
    });

    [Fact]
    public Task The_version() => PinAsync(farm => farm.Client.GetAsync("/api/v3/version"));

    [Fact]
    public Task The_status_of_the_farm() => PinAsync(farm => farm.Client.GetAsync("/api/v3/status"));

    [Fact]
    public Task All_job_types() => PinAsync(farm => farm.Client.GetAsync("/api/v3/jobs/types"));

    [Fact]
    public Task A_job_type() => PinAsync(farm => farm.Client.GetAsync("/api/v3/jobs/type/echo-sleep-test"));

    [Fact]
    public Task A_submitted_job() => PinAsync(async farm =>
    {
        await AddTagAsync(farm);
        return await farm.Client.PostAsJsonAsync("/api/v3/jobs", Everything);
    });

    [Fact]
    public Task A_job_without_optional_properties() => PinAsync(farm => farm.Client.PostAsJsonAsync(
        "/api/v3/jobs", new { name = "Least", type = "echo-sleep-test", submitter_platform = "" }));

    [Fact]
    public Task All_jobs() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var removed = await farm.SubmitEchoAsync();
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute(
            "UPDATE jobs SET delete_requested_at = $2 WHERE uuid = $1", Guid.Parse((string)removed["id"]!), tx.Now));
        return await farm.Client.GetAsync("/api/v3/jobs");
    });

    [Fact]
    public Task The_tasks_of_a_job() => PinAsync(async farm =>
    {
        var job = await farm.SubmitEchoAsync();
        await (await farm.AwakeAsync()).TakeAsync();
        return await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}/tasks");
    });

    [Fact]
    public Task The_location_of_a_jobs_newest_image() => PinAsync(async farm =>
    {
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var shown = farm.Service<FarmEvents>().ListenAsync(default).FirstAsync(happened => happened.Kind == FarmEventKind.LastRendered);
        await worker.SendImageAsync((await farm.TasksAsync(job))[0]["id"], SampleImages.Png(4, 4)).IsEmptyAsync(202);
        await shown;
        var path = $"/api/v3/jobs/{job["id"]}/last-rendered";
        var id = (string)job["id"]!;
        Assert.Contains($"/job-{id[..4]}/{id}", (string)(await farm.GetAsync(path))["base"]!);
        return await farm.Client.GetAsync(path);
    });

    [Fact]
    public Task A_task_that_was_never_assigned() => PinAsync(async farm =>
    {
        var job = await farm.SubmitEchoAsync();
        return await farm.Client.GetAsync($"/api/v3/tasks/{(await farm.TasksAsync(job))[0]["id"]}");
    });

    [Fact]
    public Task A_task_that_was_failed_and_reassigned() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var (first, second) = (await farm.AwakeAsync("first"), await farm.AwakeAsync("second"));
        await first.TakeAndFailAsync();
        var task = await second.TakeAsync();
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}");
    });

    [Fact]
    public Task The_location_of_a_tasks_log() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var task = await (await farm.AwakeAsync()).TakeAsync();
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}/log");
    });

    [Fact]
    public Task The_log_of_a_task() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.ReportAsync(task["uuid"], new { log = "hello", taskStatus = "failed" });
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
    });

    [Fact]
    public Task All_workers() => PinAsync(async farm =>
    {
        await farm.RegisterAsync("never-seen");
        await farm.AskWorkerAsync(await farm.AwakeAsync("asked"), "asleep", lazy: true);
        return await farm.Client.GetAsync("/api/v3/worker-mgt/workers");
    });

    [Fact]
    public Task A_worker_with_a_task_and_a_tag() => PinAsync(async farm =>
    {
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await worker.TakeAsync();
        await AddTagAsync(farm);
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("INSERT INTO worker_tags (worker_id, tag_id) SELECT w.id, g.id FROM workers w, tags g"));
        await farm.Service<Heartbeats>().FlushAsync();
        return await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}");
    });

    [Fact]
    public Task A_worker_that_never_signed_on() => PinAsync(async farm =>
        await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{(await farm.RegisterAsync()).Id}"));

    [Fact]
    public Task No_tags() => PinAsync(farm => farm.Client.GetAsync("/api/v3/worker-mgt/tags"));

    [Fact]
    public Task All_tags() => PinAsync(async farm =>
    {
        await AddTagAsync(farm);
        await farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute(
            "INSERT INTO tags (uuid, name) VALUES ($1, 'plain')", Guid.Parse("4312d68c-ea6d-4566-9bf6-e9f09be48cec")));
        return await farm.Client.GetAsync("/api/v3/worker-mgt/tags");
    });

    private static object Everything => new
    {
        name = "Shot 10",
        type = "echo-sleep-test",
        priority = 60,
        submitter_platform = "darwin",
        settings = new { message = "größer \"quoted\"", more = new { deep = new object?[] { 1, 2.5, null, true } } },
        metadata = new Dictionary<string, string> { ["user.name"] = "Ada" },
        worker_tag = "4312d68c-ea6d-4566-9bf6-e9f09be48ceb",
        storage = new { shaman_checkout_id = "shot/10" },
        initial_status = "paused",
    };

    private static Task AddTagAsync(TestFarm farm) => farm.Service<FarmStore>().WriteAsync(tx => tx.Db.Execute(
        "INSERT INTO tags (uuid, name, description) VALUES ($1, 'gpu', 'has a graphics card')", Guid.Parse("4312d68c-ea6d-4566-9bf6-e9f09be48ceb")));

    private static async Task PinAsync(
        Func<TestFarm, Task<HttpResponseMessage>> ask, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        await using var farm = await TestFarm.StartAsync();
        using var answer = await ask(farm);
        Snapshot.Verify(Shortened(await answer.Content.ReadAsStringAsync()), test: test);
    }

    /// <summary>Parts of ids in the names of files and directories differ from run to run, and are not known as ids there.</summary>
    private static string Shortened(string text) => Regex.Replace(
        Regex.Replace(text, "/job-[0-9a-f]{4}/", "/job-xxxx/"), @"/task-[0-9a-f-]{36}\.txt", "/task-uuid.txt");
}
