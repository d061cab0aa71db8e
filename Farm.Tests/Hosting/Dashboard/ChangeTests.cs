using Farm.Dashboard.Ports;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Tasks;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class ChangeTests : IAsyncDisposable
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
    public async Task Whatever_is_done_to_a_job_is_told_as_a_change_of_it()
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
            () => _farm.Farm.Jobs.DeleteAsync(job),
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
    public async Task A_hand_out_changes_the_job_the_worker_and_the_log()
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
    public async Task A_report_changes_the_job_and_only_one_with_text_the_log()
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
    public async Task A_worker_that_is_through_with_its_task_has_changed()
    {
        await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);

        var changes = await ChangesOfAsync(() => _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed));

        Assert.Contains(new FarmChange(FarmChangeKind.Worker, worker.Uuid), changes);
    }

    [Fact]
    public async Task A_worker_that_loses_its_task_with_the_whole_job_has_changed()
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
    public async Task Text_that_comes_too_late_still_changes_the_log()
    {
        await _farm.JobAsync("shot");
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);
        await _farm.Actions.RequeueTaskAsync(task.Uuid, default);

        var changes = await ChangesOfAsync(() => _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed, log: "late"));

        Assert.Equal([new(FarmChangeKind.Log, task.Uuid)], changes);
    }

    [Fact]
    public async Task A_request_changes_the_worker()
    {
        var worker = await _farm.Farm.AwakeAsync("w");

        var changes = await ChangesOfAsync(() => _farm.Actions.RequestAsync(worker.Uuid, new WorkerRequest(WorkerVerb.Sleep, true), default));

        Assert.Equal([new(FarmChangeKind.Worker, worker.Uuid)], changes);
    }

    [Fact]
    public async Task A_new_image_is_told()
    {
        var job = Guid.NewGuid();

        var changes = await ChangesOfAsync(() => PublishAsync(new FarmEvent(FarmEventKind.LastRendered, job)));

        Assert.Equal([new(FarmChangeKind.Image, job)], changes);
    }

    [Fact]
    public async Task A_watcher_that_fell_behind_learns_once_that_everything_may_have_changed()
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
    public async Task A_watcher_that_stops_ends_its_watch()
    {
        await using var watcher = Watch();
        var next = watcher.MoveNextAsync();

        await _watching.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    /// <summary>What is told while something is done, up to a mark that is published after it.</summary>
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

    // Through the writer, so that it comes after what was written before.
    private Task PublishAsync(FarmEvent happened) => _farm.Farm.Store.WriteAsync(tx => tx.Publish(happened));
}
