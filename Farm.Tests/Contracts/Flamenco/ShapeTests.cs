using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Tests.Domain.Images;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Every shape of answer, as clients get it.</summary>
public sealed class ShapeTests
{
    [Fact]
    public Task An_error() => Pin(async farm => await farm.Client.GetAsync($"/api/v3/jobs/{Answers.Nobody}"));

    [Fact]
    public Task A_registered_worker() => Pin(farm => farm.Client.PostAsJsonAsync("/api/v3/worker/register-worker", new
    {
        name = "node-07",
        secret = "s3cr3t",
        platform = "linux",
        supported_task_types = new[] { "blender", "ffmpeg", "file-management", "misc" },
    }));

    [Fact]
    public Task The_answer_to_a_sign_on() => Pin(async farm => await (await farm.Register()).SignOn());

    [Fact]
    public Task A_request_to_change_in_place_of_a_task() => Pin(async farm =>
    {
        var worker = await farm.Awake();
        await farm.AskWorker(worker, "asleep");
        return await worker.Schedule();
    });

    [Fact]
    public Task An_assigned_task() => Pin(async farm =>
    {
        await farm.SubmitFrames(2, priority: 60);
        return await (await farm.Awake()).Schedule();
    });

    [Fact]
    public Task A_permission_to_go_on() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        return await worker.Client.GetAsync($"task/{task["uuid"]}/may-i-run");
    });

    [Fact]
    public Task The_version() => Pin(farm => farm.Client.GetAsync("/api/v3/version"));

    [Fact]
    public Task The_status_of_the_farm() => Pin(farm => farm.Client.GetAsync("/api/v3/status"));

    [Fact]
    public Task All_job_types() => Pin(farm => farm.Client.GetAsync("/api/v3/jobs/types"));

    [Fact]
    public Task A_job_type() => Pin(farm => farm.Client.GetAsync("/api/v3/jobs/type/echo-sleep-test"));

    [Fact]
    public Task A_submitted_job() => Pin(async farm =>
    {
        await AddTag(farm);
        return await farm.Client.PostAsJsonAsync("/api/v3/jobs", Everything);
    });

    [Fact]
    public Task A_job_with_nothing_that_may_be_left_out() => Pin(farm => farm.Client.PostAsJsonAsync(
        "/api/v3/jobs", new { name = "Least", type = "echo-sleep-test", submitter_platform = "" }));

    [Fact]
    public Task All_jobs() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var removed = await farm.SubmitEcho();
        await farm.Service<FarmStore>().Write(tx => tx.Db.Execute(
            "UPDATE jobs SET delete_requested_at = $2 WHERE uuid = $1", Guid.Parse((string)removed["id"]!), tx.Now));
        return await farm.Client.GetAsync("/api/v3/jobs");
    });

    [Fact]
    public Task The_tasks_of_a_job() => Pin(async farm =>
    {
        var job = await farm.SubmitEcho();
        await (await farm.Awake()).Take();
        return await farm.Client.GetAsync($"/api/v3/jobs/{job["id"]}/tasks");
    });

    [Fact]
    public Task Where_the_newest_image_of_a_job_is() => Pin(async farm =>
    {
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        var shown = farm.Service<FarmEvents>().Listen(default).FirstAsync(happened => happened.Kind == FarmEventKind.LastRendered);
        await worker.SendImage((await farm.Tasks(job))[0]["id"], SampleImages.Png(4, 4)).IsEmpty(202);
        await shown;
        var path = $"/api/v3/jobs/{job["id"]}/last-rendered";
        var id = (string)job["id"]!;
        Assert.Contains($"/job-{id[..4]}/{id}", (string)(await farm.Get(path))["base"]!);
        return await farm.Client.GetAsync(path);
    });

    [Fact]
    public Task A_task_that_nobody_had() => Pin(async farm =>
    {
        var job = await farm.SubmitEcho();
        return await farm.Client.GetAsync($"/api/v3/tasks/{(await farm.Tasks(job))[0]["id"]}");
    });

    [Fact]
    public Task A_task_that_a_worker_failed_and_another_has() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var (first, second) = (await farm.Awake("first"), await farm.Awake("second"));
        await first.TakeAndFail();
        var task = await second.Take();
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}");
    });

    [Fact]
    public Task Where_the_log_of_a_task_is() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var task = await (await farm.Awake()).Take();
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}/log");
    });

    [Fact]
    public Task The_log_of_a_task() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await worker.Report(task["uuid"], new { log = "hello", taskStatus = "failed" });
        return await farm.Client.GetAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
    });

    [Fact]
    public Task All_workers() => Pin(async farm =>
    {
        await farm.Register("never-seen");
        await farm.AskWorker(await farm.Awake("asked"), "asleep", lazy: true);
        return await farm.Client.GetAsync("/api/v3/worker-mgt/workers");
    });

    [Fact]
    public Task A_worker_with_a_task_and_a_tag() => Pin(async farm =>
    {
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        await worker.Take();
        await AddTag(farm);
        await farm.Service<FarmStore>().Write(tx => tx.Db.Execute("INSERT INTO worker_tags (worker_id, tag_id) SELECT w.id, g.id FROM workers w, tags g"));
        await farm.Service<Heartbeats>().Flush();
        return await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}");
    });

    [Fact]
    public Task A_worker_that_was_never_there() => Pin(async farm =>
        await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{(await farm.Register()).Id}"));

    [Fact]
    public Task No_tags() => Pin(farm => farm.Client.GetAsync("/api/v3/worker-mgt/tags"));

    [Fact]
    public Task All_tags() => Pin(async farm =>
    {
        await AddTag(farm);
        await farm.Service<FarmStore>().Write(tx => tx.Db.Execute(
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

    private static Task AddTag(TestFarm farm) => farm.Service<FarmStore>().Write(tx => tx.Db.Execute(
        "INSERT INTO tags (uuid, name, description) VALUES ($1, 'gpu', 'has a graphics card')", Guid.Parse("4312d68c-ea6d-4566-9bf6-e9f09be48ceb")));

    private static async Task Pin(
        Func<TestFarm, Task<HttpResponseMessage>> ask, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        await using var farm = await TestFarm.Start();
        using var answer = await ask(farm);
        Snapshot.Verify(Shortened(await answer.Content.ReadAsStringAsync()), test: test);
    }

    /// <summary>Parts of ids in the names of files and directories differ from run to run, and are not known as ids there.</summary>
    private static string Shortened(string text) => Regex.Replace(
        Regex.Replace(text, "/job-[0-9a-f]{4}/", "/job-xxxx/"), @"/task-[0-9a-f-]{36}\.txt", "/task-uuid.txt");
}
