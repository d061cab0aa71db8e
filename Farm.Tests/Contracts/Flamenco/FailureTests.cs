using System.Net.Http.Json;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>What happens when workers fail tasks (Contracts/Flamenco/Contract.md section 4.4).</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task With_two_workers_one_soft_failure_does_not_fail_the_job()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var (first, second) = (await farm.AwakeAsync("first"), await farm.AwakeAsync("second"));
        var task = await first.TakeAndFailAsync();
        Assert.Equal("soft-failed", (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["status"]!);
        Assert.Equal("active", await farm.StatusOfAsync(job));
        await first.ScheduleAsync().IsEmptyAsync();
        var again = await second.TakeAsync();
        Assert.Equal((string)task["uuid"]!, (string)again["uuid"]!);
        await second.ReportAsync(again, "completed");
        Assert.Equal("active", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task The_job_fails_when_the_last_capable_worker_fails_a_task()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        var (first, second) = (await farm.AwakeAsync("first"), await farm.AwakeAsync("second"));
        await first.TakeAndFailAsync();
        await second.TakeAndFailAsync();
        Assert.Equal("failed", await farm.StatusOfAsync(job));
        Assert.Equal(
            new Dictionary<string, int> { ["failed"] = 1, ["canceled"] = 99 },
            (await farm.TasksAsync(job)).CountBy(task => (string)task["status"]!).ToDictionary());
    }

    [Fact]
    public async Task Deleted_workers_and_those_without_the_task_type_do_not_count()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        var worker = await farm.AwakeAsync("only", "blender");
        await farm.AwakeAsync("other-type", "misc");
        var removed = await farm.AwakeAsync("removed", "blender");
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/workers/{removed.Id}").IsEmptyAsync();
        await worker.TakeAndFailAsync();
        Assert.Equal("failed", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task A_job_ends_when_its_last_tasks_depend_on_a_failed_one()
    {
        await using var farm = await TestFarm.StartAsync(new FarmLimits { Failures = new FailureLimits(TaskFailAfter: 1) });
        var job = await farm.SubmitFramesAsync(20, fps: 24);
        var worker = await farm.AwakeAsync("first", "blender");
        await farm.AwakeAsync("second", "blender", "ffmpeg");
        await worker.TakeAndFailAsync();
        for (var frame = 0; frame < 19; frame++)
        {
            Assert.Equal("active", await farm.StatusOfAsync(job));
            await worker.ReportAsync(await worker.TakeAsync(), "completed");
        }

        Assert.Equal("failed", await farm.StatusOfAsync(job));
        Assert.Equal(
            new Dictionary<string, int> { ["failed"] = 1, ["completed"] = 19, ["canceled"] = 1 },
            (await farm.TasksAsync(job)).CountBy(task => (string)task["status"]!).ToDictionary());
    }

    [Fact]
    public async Task A_task_fails_for_good_at_the_third_worker_and_the_job_continues()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        string? id = null;
        await farm.AwakeAsync("fourth");
        foreach (var name in new[] { "first", "second", "third" })
        {
            var task = await (await farm.AwakeAsync(name)).TakeAndFailAsync();
            id ??= (string)task["uuid"]!;
            Assert.Equal(id, (string)task["uuid"]!);
        }

        var failed = await farm.GetAsync($"/api/v3/tasks/{id}");
        Assert.Equal(("failed", 3), ((string)failed["status"]!, failed["failed_by_workers"]!.AsArray().Count));
        Assert.Equal("active", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task A_job_fails_when_ten_percent_of_its_tasks_failed()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(10);
        var tasks = await farm.TasksAsync(job);
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{tasks[3]["id"]}/setstatus", new { status = "failed", reason = "ugly" }).IsEmptyAsync();
        Assert.Equal("failed", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task Three_failed_tasks_block_a_worker_for_that_type_in_that_job_only()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(100, priority: 60);
        var worker = await farm.AwakeAsync("clumsy");
        await farm.AwakeAsync("other");
        await worker.TakeAndFailAsync();
        await worker.TakeAndFailAsync();
        // Two failures do not block.
        await worker.TakeAndFailAsync();
        await worker.ScheduleAsync().IsEmptyAsync();
        var other = await farm.SubmitFramesAsync(1, name: "Other");
        Assert.Equal((string)other["id"]!, (string)(await worker.TakeAsync())["job"]!);
    }

    [Fact]
    public async Task Requeueing_a_task_by_hand_clears_its_failures()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync("first");
        await farm.AwakeAsync("second");
        var task = await worker.TakeAndFailAsync();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmptyAsync();
        Assert.Empty((await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["failed_by_workers"]!.AsArray());
        Assert.Equal((string)task["uuid"]!, (string)(await worker.TakeAsync())["uuid"]!);
    }

    [Fact]
    public async Task Requeueing_a_job_clears_failures_and_the_blocklist()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        var worker = await farm.AwakeAsync("clumsy");
        await farm.AwakeAsync("other");
        for (var i = 0; i < 3; i++) await worker.TakeAndFailAsync();
        await worker.ScheduleAsync().IsEmptyAsync();
        await farm.SetJobAsync(job, "requeueing").IsEmptyAsync();
        Assert.Equal("queued", await farm.StatusOfAsync(job));
        Assert.Equal("render-1", (string)(await worker.TakeAsync())["name"]!);
    }

    [Fact]
    public async Task A_worker_that_restarts_after_a_crash_gets_its_task_again_a_limited_number_of_times()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync("fragile");
        var task = await worker.TakeAsync();
        for (var crash = 1; crash <= 3; crash++)
        {
            await worker.SignOnAsync();
            await worker.BecomeAsync("awake");
            if (crash < 3) Assert.Equal((string)task["uuid"]!, (string)(await worker.TakeAsync())["uuid"]!);
        }

        await worker.ScheduleAsync().IsEmptyAsync();
        var failed = await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}");
        Assert.Equal("fragile", (string)failed["failed_by_workers"]![0]!["name"]!);
    }
}
