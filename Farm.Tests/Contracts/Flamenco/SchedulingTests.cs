using System.Net.Http.Json;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Which task a worker gets (Contracts/Flamenco/Contract.md section 4.6).</summary>
public sealed class SchedulingTests
{
    [Fact]
    public async Task Jobs_go_by_priority_then_by_age_and_their_tasks_by_index()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(2, priority: 50, name: "old");
        await farm.SubmitFramesAsync(1, priority: 50, name: "young");
        var raised = await farm.SubmitFramesAsync(1, priority: 10, name: "raised");
        await farm.Client.PostAsJsonAsync($"/api/v3/jobs/{raised["id"]}/setpriority", new { priority = 90 }).IsEmptyAsync();
        var worker = await farm.AwakeAsync();
        var order = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var task = await worker.TakeAsync();
            order.Add($"{(await farm.GetAsync($"/api/v3/jobs/{task["job"]}"))["name"]} {task["name"]}");
            await worker.ReportAsync(task, "completed");
        }

        Assert.Equal(["raised render-1", "old render-1", "old render-2", "young render-1"], order);
        await worker.ScheduleAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task A_task_waits_until_all_its_dependencies_are_completed()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync(sleeps: 2);
        var (first, second) = (await farm.AwakeAsync("first"), await farm.AwakeAsync("second"));
        var echo = await first.TakeAsync();
        await second.ScheduleAsync().IsEmptyAsync();
        await first.ReportAsync(echo, "completed");
        Assert.Equal("sleep", (string)(await first.TakeAsync())["name"]!);
        Assert.Equal("sleep", (string)(await second.TakeAsync())["name"]!);
        Assert.Equal("active", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task A_worker_gets_only_supported_task_types()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var blender = await farm.AwakeAsync("blender", "blender");
        await blender.ScheduleAsync().IsEmptyAsync();
        await farm.SubmitFramesAsync(1);
        Assert.Equal("blender", (string)(await blender.TakeAsync())["task_type"]!);
    }

    [Fact]
    public async Task A_job_submitted_paused_waits_until_it_is_queued()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync(status: "paused");
        var worker = await farm.AwakeAsync();
        await worker.ScheduleAsync().IsEmptyAsync();
        await farm.SetJobAsync(job, "queued").IsEmptyAsync();
        await worker.ScheduleAsync().IsJsonAsync();
    }

    [Fact]
    public async Task Signing_off_or_going_to_sleep_requeues_the_task()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync("one");
        var task = await worker.TakeAsync();
        await worker.ReportAsync(task["uuid"], new { steps_completed = 1 }).IsEmptyAsync();
        await worker.SignOffAsync().IsEmptyAsync();
        var given = (await farm.TasksAsync(job))[0];
        Assert.Equal(("queued", 0), ((string)given["status"]!, (int)given["steps_completed"]!));
        await worker.ReportAsync(task["uuid"], new { taskStatus = "completed" }).IsRefusedAsync(409);

        await worker.SignOnAsync();
        await worker.BecomeAsync("awake");
        await worker.TakeAsync();
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        Assert.Equal("queued", (string)(await farm.TasksAsync(job))[0]["status"]!);
        Assert.Equal("active", await farm.StatusOfAsync(job));
    }
}
