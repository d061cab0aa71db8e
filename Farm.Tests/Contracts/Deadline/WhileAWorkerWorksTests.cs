using System.Net;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Tasks of a job are commanded one by one while a worker of another protocol does them.</summary>
public sealed class WhileAWorkerWorksTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private JsonObject _job = null!;
    private TestWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitFramesAsync(3);
        _worker = await _farm.AwakeAsync();
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task A_suspended_task_is_skipped_and_done_when_resumed()
    {
        var first = await _worker.TakeAsync();
        await _farm.ExpectAsync(_job, 4, 2, 2);

        await _farm.DoAsync(_job, "suspend", "0");
        await MustStopAsync(first);

        Assert.Equal("render-2", (string)(await _worker.TakeAndCompleteAsync())["name"]!);
        await _farm.DoAsync(_job, "resume", "0");
        Assert.Equal("render-1", (string)(await _worker.TakeAndCompleteAsync())["name"]!);
        await _farm.ExpectAsync(_job, 5, 5, 2);
        await _worker.TakeAndCompleteAsync();
        Assert.Equal((3, "completed"), (await _farm.JobStatAsync(_job), await _farm.StatusOfAsync(_job)));
    }

    [Fact]
    public async Task A_requeued_task_starts_over_and_updates_of_the_old_attempt_do_not_end_the_new_one()
    {
        var first = await _worker.TakeAsync();
        await _farm.DoAsync(_job, "requeue", "0");
        await MustStopAsync(first);

        var again = await _worker.TakeAsync();
        Assert.Equal((string)first["uuid"]!, (string)again["uuid"]!);
        Assert.NotEqual((string)first["attempt"]!, (string)again["attempt"]!);
        using var late = await _worker.ReportAsync(first["uuid"], new { taskStatus = "completed", attempt = (string)first["attempt"]! });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(4, (await _farm.StatsAsync(_job))[0]);
        Assert.Equal(HttpStatusCode.NoContent, await _worker.ReportAsync(again, "completed"));
        Assert.Equal(5, (await _farm.StatsAsync(_job))[0]);
    }

    [Theory]
    [InlineData("fail", 6, "resumefailed")]
    [InlineData("pend", 8, "releasepending")]
    [InlineData("complete", 5, "requeue")]
    public async Task A_task_taken_by_a_command_stays_so_until_the_opposite_command(string command, int stat, string back)
    {
        var first = await _worker.TakeAsync();
        await _farm.DoAsync(_job, command, "0");
        await MustStopAsync(first);
        await _farm.ExpectAsync(_job, stat, 2, 2);
        await _worker.TakeAndCompleteAsync();
        await _worker.TakeAndCompleteAsync();
        using (var nothing = await _worker.ScheduleAsync()) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        await _farm.DoAsync(_job, back, "0");
        Assert.Equal("render-1", (string)(await _worker.TakeAndCompleteAsync())["name"]!);
        Assert.Equal("completed", await _farm.StatusOfAsync(_job));
    }

    [Fact]
    public async Task A_command_does_not_affect_the_task_of_another_worker()
    {
        var other = await _farm.AwakeAsync("other");
        var (mine, others) = (await _worker.TakeAsync(), await other.TakeAsync());

        await _farm.DoAsync(_job, "suspend", "0");

        await MustStopAsync(mine);
        Assert.True((bool)(await other.MayRunAsync(others))["mayKeepRunning"]!);
        Assert.Equal(HttpStatusCode.NoContent, await other.ReportAsync(others, "completed"));
    }

    [Fact]
    public async Task Suspending_all_tasks_stops_every_worker_and_holds_the_job()
    {
        var held = await _worker.TakeAsync();
        await _farm.DoAsync(_job, "suspend");

        await MustStopAsync(held);
        Assert.Equal((2, "paused"), (await _farm.JobStatAsync(_job), await _farm.StatusOfAsync(_job)));
        using var nothing = await _worker.ScheduleAsync();
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task The_task_log_says_why_the_task_was_taken_away()
    {
        var held = await _worker.TakeAsync();
        await _farm.DoAsync(_job, "suspend", "0");

        Assert.Contains("Task was suspended", await _farm.Client.GetStringAsync($"/api/v3/tasks/{held["uuid"]}/logtail"));
    }

    private async Task MustStopAsync(JsonObject task)
    {
        Assert.False((bool)(await _worker.MayRunAsync(task))["mayKeepRunning"]!);
        var before = await _farm.StatsAsync(_job);
        Assert.Equal(HttpStatusCode.Conflict, await _worker.ReportAsync(task, "completed"));
        Assert.Equal(before, await _farm.StatsAsync(_job));
    }
}
