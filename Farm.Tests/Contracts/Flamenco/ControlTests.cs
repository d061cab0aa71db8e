using System.Net.Http.Json;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>What people ask of jobs and tasks, and what workers notice of it (Contracts/Flamenco/Contract.md sections 3.7 and 4.2).</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task Canceling_a_job_reaches_the_worker_when_it_asks_whether_to_go_on()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await farm.SetJob(job, "cancel-requested").IsEmpty();
        Assert.Equal("canceled", await farm.StatusOf(job));
        Assert.All(await farm.Tasks(job), each => Assert.Equal("canceled", (string)each["status"]!));
        Assert.Equal(
            """{"mayKeepRunning":false,"reason":"task is in non-runnable status \u0022canceled\u0022","statusChangeRequested":false}""",
            (await worker.MayRun(task)).ToJsonString());
        await worker.Report(task["uuid"], new { taskStatus = "active" }).IsRefused(409);
        Assert.Equal("canceled", await farm.StatusOf(job));
        await worker.Schedule().IsEmpty();
    }

    [Fact]
    public async Task A_pause_lets_running_tasks_end_and_holds_the_others_until_the_job_is_queued_again()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        var worker = await farm.Awake();
        var task = await worker.Take();
        await farm.SetJob(job, "pause-requested").IsEmpty();
        Assert.Equal("pause-requested", await farm.StatusOf(job));
        Assert.True((bool)(await worker.MayRun(task))["mayKeepRunning"]!);
        await worker.Report(task, "completed");
        Assert.Equal("paused", await farm.StatusOf(job));
        await worker.Schedule().IsEmpty();
        await farm.SetJob(job, "requeueing").IsEmpty();
        Assert.Equal("queued", await farm.StatusOf(job));
        Assert.Equal("completed", (string)(await farm.Tasks(job))[0]["status"]!);
        Assert.Equal("render-2", (string)(await worker.Take())["name"]!);
    }

    [Fact]
    public async Task A_task_that_is_given_back_while_its_job_pauses_is_held_too()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(2);
        var worker = await farm.Awake();
        await worker.Take();
        await farm.SetJob(job, "pause-requested").IsEmpty();
        await worker.SignOff().IsEmpty();
        Assert.Equal("paused", await farm.StatusOf(job));
        Assert.All(await farm.Tasks(job), task => Assert.Equal("paused", (string)task["status"]!));
    }

    [Fact]
    public async Task Queueing_one_task_of_a_completed_job_does_that_task_again_and_no_other()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(3);
        var worker = await farm.Awake();
        for (var i = 0; i < 3; i++) await worker.Report(await worker.Take(), "completed");
        Assert.Equal("completed", await farm.StatusOf(job));
        var second = (await farm.Tasks(job))[1];
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{second["id"]}/setstatus", new { status = "queued", reason = "bad frame" }).IsEmpty();
        Assert.Equal(["completed", "queued", "completed"], (await farm.Tasks(job)).Select(task => (string)task["status"]!));
        Assert.Equal((string)second["id"]!, (string)(await worker.Take())["uuid"]!);
        Assert.Equal("active", await farm.StatusOf(job));
    }

    [Fact]
    public async Task A_late_report_after_a_requeue_is_refused_and_changes_nothing_but_its_text_is_kept()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmpty();
        var before = (await farm.Get($"/api/v3/tasks/{task["uuid"]}")).ToJsonString();
        await worker.Report(task["uuid"], new { taskStatus = "completed", log = "too late", activity = "done", steps_completed = 1 }).IsRefused(409);
        Assert.Equal(before, (await farm.Get($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
        Assert.Equal(0, (int)(await farm.Get($"/api/v3/jobs/{job["id"]}"))["steps_completed"]!);
        Assert.EndsWith("too late\n", await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail"));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    public async Task A_repeat_of_the_last_report_is_answered_like_the_first_and_changes_nothing(string status)
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake("one");
        await farm.Awake("two");
        var task = await worker.Take();
        var report = new { taskStatus = status, activity = "the end", log = "bye" };
        await worker.Report(task["uuid"], report).IsEmpty();
        var before = (await farm.Get($"/api/v3/tasks/{task["uuid"]}")).ToJsonString();
        var log = await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
        await worker.Report(task["uuid"], report).IsEmpty();
        Assert.Equal(before, (await farm.Get($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
        Assert.Equal(log, await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail"));
        await worker.Report(task["uuid"], new { taskStatus = status, activity = "another end" }).IsRefused(409);
    }

    [Fact]
    public async Task Requeueing_a_completed_job_does_all_of_it_again()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        for (var i = 0; i < 2; i++) await worker.Report(await worker.Take(), "completed");
        await farm.SetJob(job, "requeueing").IsEmpty();
        var again = await farm.Get($"/api/v3/jobs/{job["id"]}");
        Assert.Equal(("queued", 0), ((string)again["status"]!, (int)again["steps_completed"]!));
        Assert.Equal("echo", (string)(await worker.Take())["name"]!);
        await (await farm.Awake("other")).Schedule().IsEmpty();
    }
}
