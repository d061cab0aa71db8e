using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class ChangeTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();
    private readonly CancellationTokenSource _watching = new();

    public async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        _watching.Dispose();
        await _farm.DisposeAsync();
    }

    [Fact]
    public async Task Every_action_on_a_job_is_published_as_a_change()
    {
        var job = Guid.Empty;
        Func<Task>[] doings =
        [
            async () => job = await _farm.JobAsync("shot", tasks: 2),
            () => _farm.Actions.SetJobPriorityAsync(job, 60, default),
            () => _farm.Actions.PauseJobAsync(job, default),
            () => _farm.Actions.ResumeJobAsync(job, default),
            () => _farm.Actions.CancelTaskAsync(_farm.Farm.Task(job, 0).Uuid, default),
            () => _farm.Actions.RequeueTaskAsync(_farm.Farm.Task(job, 0).Uuid, default),
            () => _farm.Actions.RequeueTaskAsync(_farm.Farm.Task(job, 0).Uuid, default),
            () => _farm.Actions.CancelJobAsync(job, default),
            () => _farm.Actions.RequeueJobAsync(job, default),
            () => _farm.Farm.Jobs.DeleteAsync(Caller.Farm, job),
            () => _farm.Farm.BulkUpdates.DrainAsync(),
        ];

        foreach (var doing in doings)
        {
            var changes = await ChangesOfAsync(doing);
            Assert.Contains(new FarmChange(FarmChangeKind.Job, job), changes);
            Assert.DoesNotContain(changes, change => change.Kind == FarmChangeKind.Everything);
        }
    }

    [Fact]
    public async Task Handing_out_a_task_changes_the_job_the_worker_and_the_log()
    {
        var job = await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");

        var changes = await ChangesOfAsync(() => _farm.Farm.TakeAsync(worker));

        var task = _farm.Farm.Task(job, 0).Uuid;
        Assert.Contains(new FarmChange(FarmChangeKind.Job, job), changes);
        Assert.Contains(new FarmChange(FarmChangeKind.Worker, worker.Uuid), changes);
        Assert.Contains(new FarmChange(FarmChangeKind.Log, task), changes);
    }

    [Fact]
    public async Task A_task_report_changes_the_job_or_with_only_text_the_log()
    {
        var job = await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);

        Assert.Equal(
            [new(FarmChangeKind.Job, job)],
            await ChangesOfAsync(() => ReportAsync(new TaskReport(null, "Fra:1", null, null))));
        Assert.Equal(
            [new(FarmChangeKind.Log, task.Uuid)],
            await ChangesOfAsync(() => ReportAsync(new TaskReport(null, null, "text", null))));

        Task ReportAsync(TaskReport report) => _farm.Farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, report);
    }

    [Fact]
    public async Task Completing_a_task_changes_its_worker()
    {
        await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);

        var changes = await ChangesOfAsync(() => _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed));

        Assert.Contains(new FarmChange(FarmChangeKind.Worker, worker.Uuid), changes);
    }

    [Fact]
    public async Task Canceling_a_job_changes_the_workers_that_lose_their_task()
    {
        var job = await _farm.JobAsync("shot", tasks: 3);
        var worker = await _farm.Farm.AwakeAsync("w");
        await _farm.Farm.TakeAsync(worker);
        var idle = await _farm.Farm.AwakeAsync("idle");

        var changes = await ChangesOfAsync(() => _farm.Actions.CancelJobAsync(job, default));

        Assert.Contains(new FarmChange(FarmChangeKind.Worker, worker.Uuid), changes);
        Assert.DoesNotContain(new FarmChange(FarmChangeKind.Worker, idle.Uuid), changes);
    }

    [Fact]
    public async Task A_late_report_still_changes_the_log()
    {
        await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);
        await _farm.Actions.RequeueTaskAsync(task.Uuid, default);

        var changes = await ChangesOfAsync(() => _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed, log: "late"));

        Assert.Equal([new(FarmChangeKind.Log, task.Uuid)], changes);
    }

    [Fact]
    public async Task A_status_request_changes_the_worker()
    {
        var worker = await _farm.Farm.AwakeAsync("w");

        var changes = await ChangesOfAsync(() => _farm.Actions.RequestAsync(worker.Uuid, new WorkerRequest(WorkerVerb.Sleep, true), default));

        Assert.Equal([new(FarmChangeKind.Worker, worker.Uuid), new(FarmChangeKind.Audit, Guid.Empty)], changes);
    }

    [Fact]
    public async Task A_new_image_is_published()
    {
        var job = Guid.NewGuid();

        var changes = await ChangesOfAsync(() => PublishAsync(new FarmEvent(FarmEventKind.LastRendered, job)));

        Assert.Equal([new(FarmChangeKind.Image, job)], changes);
    }

    [Fact]
    public async Task A_change_of_the_managers_is_published_without_making_every_page_read_again() => Assert.Equal(
        [new(FarmChangeKind.Managers, Guid.Empty)], await ChangesOfAsync(() => PublishAsync(new FarmEvent(FarmEventKind.Managers))));

    [Fact]
    public async Task A_watcher_that_falls_behind_gets_a_single_everything_change()
    {
        await using var watcher = Watch();
        var first = watcher.MoveNextAsync();
        for (var i = 0; i < 3 * FarmEvents.Capacity; i++) await PublishAsync(new FarmEvent(FarmEventKind.Job, Guid.NewGuid()));
        Assert.True(await first);
        Assert.Equal(FarmChangeKind.Job, watcher.Current.Kind);

        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(new FarmChange(FarmChangeKind.Everything, Guid.Empty), watcher.Current);

        var last = Guid.NewGuid();
        await PublishAsync(new FarmEvent(FarmEventKind.Job, last));
        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(new FarmChange(FarmChangeKind.Job, last), watcher.Current);
    }

    [Fact]
    public async Task Canceling_ends_the_watch()
    {
        await using var watcher = Watch();
        var next = watcher.MoveNextAsync();

        await _watching.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    /// <summary>The changes published during an action, up to a marker published after it.</summary>
    private async Task<List<FarmChange>> ChangesOfAsync(Func<Task> doing)
    {
        await using var watcher = Watch();
        var next = watcher.MoveNextAsync();
        await doing();
        var mark = new FarmChange(FarmChangeKind.Image, Guid.NewGuid());
        await PublishAsync(new FarmEvent(FarmEventKind.LastRendered, mark.Id));
        var changes = new List<FarmChange>();
        while (await next && watcher.Current != mark)
        {
            changes.Add(watcher.Current);
            next = watcher.MoveNextAsync();
        }

        return changes;
    }

    private IAsyncEnumerator<FarmChange> Watch() => _farm.Changes.WatchAsync(_watching.Token).GetAsyncEnumerator();

    // Through the writer, so that it comes after earlier writes.
    private Task PublishAsync(FarmEvent happened) => _farm.Farm.Store.WriteAsync(tx => tx.Publish(happened));
}
