using System.Net.Http.Json;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>What people ask of jobs and tasks, and what workers notice of it (Contracts/Flamenco/Contract.md sections 3.7 and 4.2).</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Canceling_a_job_stops_the_worker_at_its_next_may_i_run()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.SetJobAsync(job, "cancel-requested").IsEmptyAsync();
        Assert.Equal("canceled", await farm.StatusOfAsync(job));
        Assert.All(await farm.TasksAsync(job), each => Assert.Equal("canceled", (string)each["status"]!));
        Assert.Equal(
            """{"mayKeepRunning":false,"reason":"task is in non-runnable status \u0022canceled\u0022","statusChangeRequested":false}""",
            (await worker.MayRunAsync(task)).ToJsonString());
        await worker.ReportAsync(task["uuid"], new { taskStatus = "active" }).IsRefusedAsync(409);
        Assert.Equal("canceled", await farm.StatusOfAsync(job));
        await worker.ScheduleAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task A_pause_lets_running_tasks_finish_and_holds_the_others_until_the_job_is_requeued()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.SetJobAsync(job, "pause-requested").IsEmptyAsync();
        Assert.Equal("pause-requested", await farm.StatusOfAsync(job));
        Assert.True((bool)(await worker.MayRunAsync(task))["mayKeepRunning"]!);
        await worker.ReportAsync(task, "completed");
        Assert.Equal("paused", await farm.StatusOfAsync(job));
        await worker.ScheduleAsync().IsEmptyAsync();
        await farm.SetJobAsync(job, "requeueing").IsEmptyAsync();
        Assert.Equal("queued", await farm.StatusOfAsync(job));
        Assert.Equal("completed", (string)(await farm.TasksAsync(job))[0]["status"]!);
        Assert.Equal("render-2", (string)(await worker.TakeAsync())["name"]!);
    }

    [Fact]
    public async Task A_task_requeued_while_its_job_pauses_is_paused_too()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(2);
        var worker = await farm.AwakeAsync();
        await worker.TakeAsync();
        await farm.SetJobAsync(job, "pause-requested").IsEmptyAsync();
        await worker.SignOffAsync().IsEmptyAsync();
        Assert.Equal("paused", await farm.StatusOfAsync(job));
        Assert.All(await farm.TasksAsync(job), task => Assert.Equal("paused", (string)task["status"]!));
    }

    [Fact]
    public async Task Requeueing_one_task_of_a_completed_job_reruns_only_that_task()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(3);
        var worker = await farm.AwakeAsync();
        for (var i = 0; i < 3; i++) await worker.ReportAsync(await worker.TakeAsync(), "completed");
        Assert.Equal("completed", await farm.StatusOfAsync(job));
        var second = (await farm.TasksAsync(job))[1];
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{second["id"]}/setstatus", new { status = "queued", reason = "bad frame" }).IsEmptyAsync();
        Assert.Equal(["completed", "queued", "completed"], (await farm.TasksAsync(job)).Select(task => (string)task["status"]!));
        Assert.Equal((string)second["id"]!, (string)(await worker.TakeAsync())["uuid"]!);
        Assert.Equal("active", await farm.StatusOfAsync(job));
    }

    [Fact]
    public async Task A_late_update_after_a_requeue_is_rejected_but_its_log_is_kept()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmptyAsync();
        var before = (await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}")).ToJsonString();
        await worker.ReportAsync(task["uuid"], new { taskStatus = "completed", log = "too late", activity = "done", steps_completed = 1 }).IsRefusedAsync(409);
        Assert.Equal(before, (await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
        Assert.Equal(0, (int)(await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["steps_completed"]!);
        Assert.EndsWith("too late\n", await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail"));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    public async Task Repeating_the_last_update_gets_the_same_response_and_changes_nothing(string status)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync("one");
        await farm.AwakeAsync("two");
        var task = await worker.TakeAsync();
        var report = new { taskStatus = status, activity = "the end", log = "bye" };
        await worker.ReportAsync(task["uuid"], report).IsEmptyAsync();
        var before = (await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}")).ToJsonString();
        var log = await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
        await worker.ReportAsync(task["uuid"], report).IsEmptyAsync();
        Assert.Equal(before, (await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
        Assert.Equal(log, await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail"));
        await worker.ReportAsync(task["uuid"], new { taskStatus = status, activity = "another end" }).IsRefusedAsync(409);
    }

    [Fact]
    public async Task Requeueing_a_completed_job_reruns_all_tasks()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        for (var i = 0; i < 2; i++) await worker.ReportAsync(await worker.TakeAsync(), "completed");
        await farm.SetJobAsync(job, "requeueing").IsEmptyAsync();
        var again = await farm.GetAsync($"/api/v3/jobs/{job["id"]}");
        Assert.Equal(("queued", 0), ((string)again["status"]!, (int)again["steps_completed"]!));
        Assert.Equal("echo", (string)(await worker.TakeAsync())["name"]!);
        await (await farm.AwakeAsync("other")).ScheduleAsync().IsEmptyAsync();
    }
}
