using System.Net.Http.Json;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Which task a worker gets (Contracts/Flamenco/Contract.md section 4.6).</summary>
public sealed class SchedulingTests
{
    [Fact]
    public async Task Jobs_go_by_priority_then_by_age_and_their_tasks_by_index()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitFrames(2, priority: 50, name: "old");
        await farm.SubmitFrames(1, priority: 50, name: "young");
        var raised = await farm.SubmitFrames(1, priority: 10, name: "raised");
        await farm.Client.PostAsJsonAsync($"/api/v3/jobs/{raised["id"]}/setpriority", new { priority = 90 }).IsEmpty();
        var worker = await farm.Awake();
        var order = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var task = await worker.Take();
            order.Add($"{(await farm.Get($"/api/v3/jobs/{task["job"]}"))["name"]} {task["name"]}");
            await worker.Report(task, "completed");
        }

        Assert.Equal(["raised render-1", "old render-1", "old render-2", "young render-1"], order);
        await worker.Schedule().IsEmpty();
    }

    [Fact]
    public async Task A_task_waits_until_all_that_it_depends_on_are_completed()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho(sleeps: 2);
        var (first, second) = (await farm.Awake("first"), await farm.Awake("second"));
        var echo = await first.Take();
        await second.Schedule().IsEmpty();
        await first.Report(echo, "completed");
        Assert.Equal("sleep", (string)(await first.Take())["name"]!);
        Assert.Equal("sleep", (string)(await second.Take())["name"]!);
        Assert.Equal("active", await farm.StatusOf(job));
    }

    [Fact]
    public async Task A_worker_only_gets_types_of_tasks_that_it_supports()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var blender = await farm.Awake("blender", "blender");
        await blender.Schedule().IsEmpty();
        await farm.SubmitFrames(1);
        Assert.Equal("blender", (string)(await blender.Take())["task_type"]!);
    }

    [Fact]
    public async Task A_job_that_comes_in_paused_waits_until_someone_queues_it()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho(status: "paused");
        var worker = await farm.Awake();
        await worker.Schedule().IsEmpty();
        await farm.SetJob(job, "queued").IsEmpty();
        await worker.Schedule().IsJson();
    }

    [Fact]
    public async Task Signing_off_or_going_to_sleep_gives_the_task_back()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake("one");
        var task = await worker.Take();
        await worker.Report(task["uuid"], new { steps_completed = 1 }).IsEmpty();
        await worker.SignOff().IsEmpty();
        var given = (await farm.Tasks(job))[0];
        Assert.Equal(("queued", 0), ((string)given["status"]!, (int)given["steps_completed"]!));
        await worker.Report(task["uuid"], new { taskStatus = "completed" }).IsRefused(409);

        await worker.SignOn();
        await worker.Become("awake");
        await worker.Take();
        await worker.Become("asleep").IsEmpty();
        Assert.Equal("queued", (string)(await farm.Tasks(job))[0]["status"]!);
        Assert.Equal("active", await farm.StatusOf(job));
    }
}
