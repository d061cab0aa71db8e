using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Scheduling;

/// <summary>Contracts/Flamenco/Contract.md sections 3.6 and 4.6.</summary>
public sealed class SchedulerTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly StoreFarm _farm;

    public SchedulerTests() => _farm = new StoreFarm(_directory["farm"], _time);

    [Fact]
    public async Task Tasks_are_ordered_by_job_priority_task_priority_age_and_index()
    {
        var old = await _farm.SubmitAsync("misc:2 misc:1:70");
        _time.Advance(TimeSpan.FromSeconds(1));
        var young = await _farm.SubmitAsync("misc:1");
        var urgent = await _farm.SubmitAsync("misc:1:10", priority: 90);
        var worker = await _farm.AwakeAsync("w");
        var order = new List<(Guid, string)>();
        for (var i = 0; i < 5; i++)
        {
            var task = await _farm.TakeAsync(worker);
            order.Add((task.JobUuid, task.Name));
            await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        }

        Assert.Equal([(urgent, "s0-0"), (old, "s1-0"), (old, "s0-0"), (old, "s0-1"), (young, "s0-0")], order);
    }

    [Fact]
    public async Task A_new_priority_applies_to_the_next_task()
    {
        await _farm.SubmitAsync("misc:5");
        var other = await _farm.SubmitAsync("misc:5");
        await _farm.Jobs.SetPriorityAsync(Caller.Farm, other, 51);
        Assert.Equal(other, (await _farm.TakeAsync(await _farm.AwakeAsync("w"))).JobUuid);
    }

    [Fact]
    public async Task A_task_waits_until_all_its_dependencies_are_completed()
    {
        await _farm.SubmitAsync("misc:2 misc:1:99:0");
        var (a, b) = (await _farm.AwakeAsync("a"), await _farm.AwakeAsync("b"));
        var (first, second) = (await _farm.TakeAsync(a), await _farm.TakeAsync(b));
        await _farm.ReportAsync(a, first, TaskStatus.Completed);
        Assert.Null((await _farm.Scheduler.ScheduleAsync(a.Id)).Task);
        await _farm.ReportAsync(b, second, TaskStatus.Completed);
        Assert.Equal("s1-0", (await _farm.TakeAsync(a)).Name);
    }

    [Fact]
    public async Task A_worker_gets_only_supported_task_types()
    {
        await _farm.SubmitAsync("blender:1 ffmpeg:1");
        Assert.Null((await _farm.Scheduler.ScheduleAsync((await _farm.AwakeAsync("m", "misc")).Id)).Task);
        Assert.Equal("ffmpeg", (await _farm.TakeAsync(await _farm.AwakeAsync("f", "ffmpeg"))).TaskType);
    }

    [Fact]
    public async Task Only_workers_with_a_jobs_tag_run_it_and_they_run_untagged_jobs_too()
    {
        var tag = Guid.CreateVersion7();
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'gpu')", tag));
        var tagged = await _farm.SubmitAsync("misc:1", tag: tag);
        var (plain, gpu) = (await _farm.AwakeAsync("plain"), await _farm.AwakeAsync("gpu"));
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO worker_tags SELECT $1, id FROM tags", gpu.Id));
        Assert.Null((await _farm.Scheduler.ScheduleAsync(plain.Id)).Task);
        var task = await _farm.TakeAsync(gpu);
        Assert.Equal(tagged, task.JobUuid);
        await _farm.ReportAsync(gpu, task, TaskStatus.Completed);
        await _farm.SubmitAsync("misc:1");
        await _farm.TakeAsync(gpu);
    }

    [Fact]
    public async Task A_worker_does_not_get_a_task_that_it_failed_again()
    {
        await _farm.SubmitAsync("misc:1");
        var (failer, other) = (await _farm.AwakeAsync("failer"), await _farm.AwakeAsync("other"));
        var task = await _farm.TakeAsync(failer);
        await _farm.ReportAsync(failer, task, TaskStatus.Failed);
        Assert.Null((await _farm.Scheduler.ScheduleAsync(failer.Id)).Task);
        Assert.Equal(task.Uuid, (await _farm.TakeAsync(other)).Uuid);
    }

    [Fact]
    public async Task After_failing_three_tasks_of_a_type_a_worker_is_blocked_for_that_type_and_job()
    {
        var job = await _farm.SubmitAsync("misc:40");
        var failer = await _farm.AwakeAsync("failer");
        await _farm.AwakeAsync("other");
        for (var i = 0; i < 3; i++) await _farm.ReportAsync(failer, await _farm.TakeAsync(failer), TaskStatus.Failed);
        Assert.Null((await _farm.Scheduler.ScheduleAsync(failer.Id)).Task);
        Assert.Equal(1, _farm.Number("SELECT count(*) FROM blocklist"));
        await _farm.SubmitAsync("misc:1");
        Assert.NotEqual(job, (await _farm.TakeAsync(failer)).JobUuid);
    }

    [Fact]
    public async Task A_worker_that_asks_again_gets_its_current_task()
    {
        await _farm.SubmitAsync("misc:5");
        var worker = await _farm.AwakeAsync("w");
        var first = await _farm.TakeAsync(worker);
        Assert.Equal((first.Uuid, first.AttemptId), ((await _farm.TakeAsync(worker)).Uuid, (await _farm.TakeAsync(worker)).AttemptId));
    }

    [Fact]
    public async Task Even_a_lazy_status_request_comes_before_a_new_task()
    {
        await _farm.SubmitAsync("misc:5");
        var worker = await _farm.AwakeAsync("w");
        await _farm.Presence.RequestAsync(Caller.Farm, worker.Uuid, new StatusRequest(WorkerStatus.Asleep, Lazy: true));
        Assert.Equal(WorkerStatus.Asleep, (await _farm.Scheduler.ScheduleAsync(worker.Id)).ChangeTo);
    }

    [Fact]
    public async Task A_worker_that_timed_out_is_asked_to_wake_up_and_continues()
    {
        await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("w");
        var late = await _farm.TakeAsync(worker);
        _time.Advance(TimeSpan.FromMinutes(2));
        await _farm.Timeouts.CheckAsync();
        Assert.Equal(WorkerStatus.Awake, (await _farm.Scheduler.ScheduleAsync(worker.Id)).ChangeTo);
        await _farm.Presence.StateChangedAsync(worker.Id, WorkerStatus.Awake);
        var again = await _farm.TakeAsync(worker);
        Assert.Equal(late.Uuid, again.Uuid);
        Assert.NotEqual(late.AttemptId, again.AttemptId);
    }

    [SqliteFact]
    public async Task Finding_a_task_does_not_scan_finished_stages()
    {
        await _farm.SubmitAsync("misc:10");
        var plan = _farm.Store.Read(db => db.All(
            """
            EXPLAIN QUERY PLAN SELECT id FROM stages WHERE task_type = $1 AND worker_tag_id = $2 AND hands_out = 1 AND unmet = 0 AND ready > 0
            ORDER BY job_priority DESC, priority DESC, job_id, number LIMIT $3 OFFSET $4
            """,
            row => row.GetString(3), "misc", 0, 4, 0));
        Assert.Equal(["SEARCH stages USING INDEX stages_ready (task_type=? AND worker_tag_id=?)"], plan);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
