using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 4.2: what a command does to the other fields of a task.</summary>
public sealed class FieldTests : IAsyncLifetime
{
    private const string Unset = "0001-01-01T00:00:00Z";
    private const string Began = "2026-01-05T10:00:00.000+00:00";
    private const string Later = "2026-01-05T10:00:30.000+00:00";

    private TestFarm _farm = null!;
    private JsonObject _job = null!;
    private TestWorker _worker = null!;

    /// <summary>Task 0 is half done by a worker, after 30 seconds.</summary>
    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync();
        _job = await _farm.SubmitAsync(new
        {
            name = "Shot",
            type = "simple-blender-render",
            submitter_platform = "linux",
            settings = new { frames = "1-20", chunk_size = 10, render_output_path = "/r/######", fps = 0 },
        });
        _worker = await _farm.AwakeAsync();
        var task = await _worker.TakeAsync();
        using var report = await _worker.ReportAsync(task["uuid"], new { activity = "Frame 4", steps_completed = 4 });
        _farm.Time.Advance(TimeSpan.FromSeconds(30));
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task An_active_task_shows_its_worker_progress_and_start() =>
        Assert.Equal(("node", "40 %", "Frame 4", Began, Unset), await FieldsAsync(0));

    [Fact]
    public async Task A_task_that_was_never_assigned_shows_none_of_them() => Assert.Equal(("", "0 %", "", Unset, Unset), await FieldsAsync(1));

    [Theory]
    [InlineData("requeue")]
    [InlineData("suspend")]
    [InlineData("pend")]
    public async Task Progress_is_discarded_with_the_worker(string command)
    {
        await _farm.DoAsync(_job, command, "0");
        Assert.Equal(("", "0 %", "", Unset, Unset), await FieldsAsync(0));
    }

    [Fact]
    public async Task Completing_keeps_the_worker_and_the_start()
    {
        await _farm.DoAsync(_job, "complete", "0");
        Assert.Equal(("node", "100 %", "", Began, Later), await FieldsAsync(0));
    }

    [Fact]
    public async Task Failing_keeps_the_progress_too()
    {
        await _farm.DoAsync(_job, "fail", "0");
        Assert.Equal(("node", "40 %", "", Began, Unset), await FieldsAsync(0));
    }

    [Theory]
    [InlineData("suspend", "resume")]
    [InlineData("pend", "releasepending")]
    [InlineData("fail", "resumefailed")]
    [InlineData("complete", "requeue")]
    public async Task A_requeued_task_is_reset(string command, string back)
    {
        await _farm.DoAsync(_job, command, "0");
        await _farm.DoAsync(_job, back, "0");
        Assert.Equal(("", "0 %", "", Unset, Unset), await FieldsAsync(0));
    }

    [Fact]
    public async Task Discarded_fields_stay_empty_when_the_task_is_completed_or_failed()
    {
        await _farm.DoAsync(_job, "suspend", "0");
        await _farm.DoAsync(_job, "fail", "0");
        Assert.Equal(("", "0 %", "", Unset, Unset), await FieldsAsync(0));

        await _farm.DoAsync(_job, "complete", "0");
        Assert.Equal(("", "100 %", "", Unset, Later), await FieldsAsync(0));
    }

    [Fact]
    public async Task Errors_count_worker_failures_and_are_kept()
    {
        await _farm.AwakeAsync("other");
        using var failed = await _worker.ReportAsync((await _farm.TasksAsync(_job))[0]["id"], new { taskStatus = "failed" });
        Assert.Equal(1, (int)(await _farm.DeadlineTaskAsync(_job, 0))["Errs"]!);

        foreach (var command in (string[])["fail", "resumefailed", "complete", "requeue"]) await _farm.DoAsync(_job, command, "0");

        Assert.Equal([1, 0], (await _farm.DeadlineTasksAsync(_job)).Select(task => (int)task!["Errs"]!));
        Assert.Equal(1, (int)(await _farm.DeadlineJobAsync(_job))["Errs"]!);
    }

    private async Task<(string Slave, string Prog, string RndStat, string Start, string Comp)> FieldsAsync(int task)
    {
        var it = await _farm.DeadlineTaskAsync(_job, task);
        Assert.Equal((string)it["Start"]!, (string)it["StartRen"]!);
        return ((string)it["Slave"]!, (string)it["Prog"]!, (string)it["RndStat"]!, (string)it["Start"]!, (string)it["Comp"]!);
    }
}
