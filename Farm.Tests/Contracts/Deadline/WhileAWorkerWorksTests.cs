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
        _farm = await TestFarm.Start();
        _job = await _farm.SubmitFrames(3);
        _worker = await _farm.Awake();
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task A_suspended_task_is_left_for_the_next_and_done_when_it_is_resumed()
    {
        var first = await _worker.Take();
        await _farm.Expect(_job, 4, 2, 2);

        await _farm.Do(_job, "suspend", "0");
        await MustStop(first);

        Assert.Equal("render-2", (string)(await _worker.TakeAndComplete())["name"]!);
        await _farm.Do(_job, "resume", "0");
        Assert.Equal("render-1", (string)(await _worker.TakeAndComplete())["name"]!);
        await _farm.Expect(_job, 5, 5, 2);
        await _worker.TakeAndComplete();
        Assert.Equal((3, "completed"), (await _farm.JobStat(_job), await _farm.StatusOf(_job)));
    }

    [Fact]
    public async Task A_requeued_task_begins_anew_and_the_report_of_the_old_attempt_does_not_end_the_new_one()
    {
        var first = await _worker.Take();
        await _farm.Do(_job, "requeue", "0");
        await MustStop(first);

        var again = await _worker.Take();
        Assert.Equal((string)first["uuid"]!, (string)again["uuid"]!);
        Assert.NotEqual((string)first["attempt"]!, (string)again["attempt"]!);
        using var late = await _worker.Report(first["uuid"], new { taskStatus = "completed", attempt = (string)first["attempt"]! });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(4, (await _farm.Stats(_job))[0]);
        Assert.Equal(HttpStatusCode.NoContent, await _worker.Report(again, "completed"));
        Assert.Equal(5, (await _farm.Stats(_job))[0]);
    }

    [Theory]
    [InlineData("fail", 6, "resumefailed")]
    [InlineData("pend", 8, "releasepending")]
    [InlineData("complete", 5, "requeue")]
    public async Task A_task_that_is_commanded_away_stays_so_until_it_is_commanded_back(string command, int stat, string back)
    {
        var first = await _worker.Take();
        await _farm.Do(_job, command, "0");
        await MustStop(first);
        await _farm.Expect(_job, stat, 2, 2);
        await _worker.TakeAndComplete();
        await _worker.TakeAndComplete();
        using (var nothing = await _worker.Schedule()) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        await _farm.Do(_job, back, "0");
        Assert.Equal("render-1", (string)(await _worker.TakeAndComplete())["name"]!);
        Assert.Equal("completed", await _farm.StatusOf(_job));
    }

    [Fact]
    public async Task Another_worker_keeps_its_task_when_one_is_commanded_away()
    {
        var other = await _farm.Awake("other");
        var (mine, others) = (await _worker.Take(), await other.Take());

        await _farm.Do(_job, "suspend", "0");

        await MustStop(mine);
        Assert.True((bool)(await other.MayRun(others))["mayKeepRunning"]!);
        Assert.Equal(HttpStatusCode.NoContent, await other.Report(others, "completed"));
    }

    [Fact]
    public async Task Suspending_all_tasks_stops_every_worker_and_holds_the_job()
    {
        var held = await _worker.Take();
        await _farm.Do(_job, "suspend");

        await MustStop(held);
        Assert.Equal((2, "paused"), (await _farm.JobStat(_job), await _farm.StatusOf(_job)));
        using var nothing = await _worker.Schedule();
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task The_log_of_a_task_says_why_it_was_taken_away()
    {
        var held = await _worker.Take();
        await _farm.Do(_job, "suspend", "0");

        Assert.Contains("Commanded to be suspended", await _farm.Client.GetStringAsync($"/api/v3/tasks/{held["uuid"]}/logtail"));
    }

    private async Task MustStop(JsonObject task)
    {
        Assert.False((bool)(await _worker.MayRun(task))["mayKeepRunning"]!);
        var before = await _farm.Stats(_job);
        Assert.Equal(HttpStatusCode.Conflict, await _worker.Report(task, "completed"));
        Assert.Equal(before, await _farm.Stats(_job));
    }
}
