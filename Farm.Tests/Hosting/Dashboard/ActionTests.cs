using Farm.Dashboard.Ports;
using Farm.Tests.Support;
using JobStatus = Farm.Server.Domain.Jobs.JobStatus;
using WorkerStatus = Farm.Server.Domain.Workers.WorkerStatus;

namespace Farm.Tests.Hosting.Dashboard;

public sealed class ActionTests : IAsyncDisposableTest
{
    private readonly DashboardFarm _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [Fact]
    public async Task A_pause_lets_running_tasks_finish_and_pauses_the_others()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        var worker = await _farm.Farm.AwakeAsync("w");
        var task = await _farm.Farm.TakeAsync(worker);

        await _farm.Actions.PauseJobAsync(job, default);

        Assert.Equal((JobStatus.PauseRequested, TaskStatus.Active, TaskStatus.Paused), (Status(job), Status(job, 0), Status(job, 1)));
        await _farm.Farm.ReportAsync(worker, task, TaskStatus.Completed);
        Assert.Equal((JobStatus.Paused, TaskStatus.Completed), (Status(job), Status(job, 0)));
    }

    [Fact]
    public async Task Resuming_queues_only_paused_tasks_and_keeps_failures()
    {
        var job = await _farm.JobAsync("shot", tasks: 30);
        var worker = await _farm.Farm.AwakeAsync("w");
        await _farm.Farm.AwakeAsync("another");
        await _farm.CompleteAsync(worker);
        var failed = await _farm.Farm.TakeAsync(worker);
        await _farm.Farm.ReportAsync(worker, failed, TaskStatus.Failed);
        await _farm.Actions.CancelTaskAsync(_farm.Farm.Task(job, 2).Uuid, default);
        await _farm.Actions.PauseJobAsync(job, default);

        await _farm.Actions.ResumeJobAsync(job, default);

        Assert.Equal(JobStatus.Active, Status(job));
        Assert.Equal(
            (TaskStatus.Completed, TaskStatus.Queued, TaskStatus.Canceled, TaskStatus.Queued),
            (Status(job, 0), Status(job, 1), Status(job, 2), Status(job, 3)));
        Assert.Equal(1, (await _farm.Reader.FindTaskAsync(failed.Uuid, default))!.Task.Failures);
        Assert.Equal(28, _farm.Farm.Number("SELECT ready FROM stages"));
    }

    [Fact]
    public async Task A_pause_can_be_undone_before_the_running_task_ends()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        await _farm.Farm.TakeAsync(await _farm.Farm.AwakeAsync("w"));
        await _farm.Actions.PauseJobAsync(job, default);

        await _farm.Actions.ResumeJobAsync(job, default);

        Assert.Equal((JobStatus.Active, TaskStatus.Active, TaskStatus.Queued), (Status(job), Status(job, 0), Status(job, 1)));
    }

    [Fact]
    public async Task Resuming_a_paused_job_with_nothing_left_to_do_ends_it()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        await _farm.Actions.PauseJobAsync(job, default);
        await _farm.Actions.CancelTaskAsync(_farm.Farm.Task(job, 0).Uuid, default);
        await _farm.SqlAsync("UPDATE tasks SET status = 7 WHERE number = 1");
        await _farm.SqlAsync("UPDATE jobs SET status = 4, tasks_paused = 0, tasks_canceled = 2");

        await _farm.Actions.ResumeJobAsync(job, default);

        Assert.Equal(JobStatus.Canceled, Status(job));
    }

    [Fact]
    public async Task Canceling_a_job_takes_its_tasks_from_their_workers()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        await _farm.Farm.TakeAsync(await _farm.Farm.AwakeAsync("w"));

        await _farm.Actions.CancelJobAsync(job, default);

        Assert.Equal((JobStatus.Canceled, TaskStatus.Canceled, TaskStatus.Canceled), (Status(job), Status(job, 0), Status(job, 1)));
    }

    [Fact]
    public async Task Requeueing_a_completed_job_requeues_all_its_tasks()
    {
        var job = await _farm.JobAsync("shot");
        await _farm.CompleteAsync(await _farm.Farm.AwakeAsync("w"));
        Assert.Equal(JobStatus.Completed, Status(job));

        await _farm.Actions.RequeueJobAsync(job, default);

        Assert.Equal((JobStatus.Queued, TaskStatus.Queued), (Status(job), Status(job, 0)));
    }

    [Fact]
    public async Task Requeueing_a_canceled_job_keeps_completed_tasks()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        await _farm.CompleteAsync(await _farm.Farm.AwakeAsync("w"));
        await _farm.Actions.CancelJobAsync(job, default);

        await _farm.Actions.RequeueJobAsync(job, default);

        Assert.Equal((JobStatus.Queued, TaskStatus.Completed, TaskStatus.Queued), (Status(job), Status(job, 0), Status(job, 1)));
    }

    [Fact]
    public async Task An_invalid_action_is_rejected_with_a_message_and_changes_nothing()
    {
        var job = await _farm.JobAsync("shot");
        await _farm.CompleteAsync(await _farm.Farm.AwakeAsync("w"));
        var before = _farm.Farm.Job(job);

        await RefusedAsync("The job was not paused: job \"shot\" has already ended: it is completed.", _farm.Actions.PauseJobAsync(job, default));
        await RefusedAsync("The job was not resumed: job \"shot\" is not paused: it is completed.", _farm.Actions.ResumeJobAsync(job, default));
        await RefusedAsync(
            "The job was not canceled: job \"shot\" has already ended: it is completed.", _farm.Actions.CancelJobAsync(job, default));
        await RefusedAsync(
            "The task was not canceled: task \"shot-0\" has already ended: it is completed.",
            _farm.Actions.CancelTaskAsync(_farm.Farm.Task(job, 0).Uuid, default));
        Assert.Equal(before, _farm.Farm.Job(job));
    }

    [Fact]
    public async Task An_unknown_id_is_rejected_with_a_message()
    {
        var nobody = Guid.NewGuid();

        await RefusedAsync("The job was not requeued: no such job.", _farm.Actions.RequeueJobAsync(nobody, default));
        await RefusedAsync("The priority was not changed: no such job.", _farm.Actions.SetJobPriorityAsync(nobody, 50, default));
        await RefusedAsync("The task was not requeued: no such task.", _farm.Actions.RequeueTaskAsync(nobody, default));
        await RefusedAsync("The task was not canceled: no such task.", _farm.Actions.CancelTaskAsync(nobody, default));
        await RefusedAsync("The request was not sent to the worker: no such worker.", AskAsync(nobody, WorkerVerb.Sleep));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_priority_from_0_to_100_is_accepted(int priority)
    {
        var job = await _farm.JobAsync("shot");

        await _farm.Actions.SetJobPriorityAsync(job, priority, default);

        Assert.Equal(priority, _farm.Farm.Job(job).Priority);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task A_priority_out_of_range_is_rejected(int priority)
    {
        var job = await _farm.JobAsync("shot");

        await RefusedAsync(
            $"The priority was not changed: must be from 0 to 100, not {priority}.",
            _farm.Actions.SetJobPriorityAsync(job, priority, default));
        Assert.Equal(50, _farm.Farm.Job(job).Priority);
    }

    [Fact]
    public async Task Requeueing_a_task_takes_it_from_its_worker()
    {
        var job = await _farm.JobAsync("shot");
        var task = await _farm.Farm.TakeAsync(await _farm.Farm.AwakeAsync("w"));

        await _farm.Actions.RequeueTaskAsync(task.Uuid, default);

        Assert.Equal(TaskStatus.Queued, Status(job, 0));
        Assert.Null(_farm.Farm.Task(job, 0).AttemptId);
    }

    [Fact]
    public async Task Canceling_a_task_takes_it_from_its_worker()
    {
        var job = await _farm.JobAsync("shot", tasks: 2);
        var task = await _farm.Farm.TakeAsync(await _farm.Farm.AwakeAsync("w"));

        await _farm.Actions.CancelTaskAsync(task.Uuid, default);

        Assert.Equal((TaskStatus.Canceled, TaskStatus.Queued), (Status(job, 0), Status(job, 1)));
    }

    [Theory]
    [InlineData(WorkerVerb.Sleep, "Asleep")]
    [InlineData(WorkerVerb.Restart, "Restart")]
    [InlineData(WorkerVerb.ShutDown, "Offline")]
    public async Task A_worker_request_is_stored_and_requesting_its_current_status_withdraws_it(WorkerVerb verb, string expected)
    {
        var worker = await _farm.Farm.AwakeAsync("w");

        await AskAsync(worker.Uuid, verb);

        Assert.Equal(Enum.Parse<WorkerStatus>(expected), _farm.Farm.Presence.RequestedStatus(worker.Id));
        Assert.Equal(new WorkerRequest(verb, Lazy: true), (await _farm.Reader.FindWorkerAsync(worker.Uuid, default))!.Requested);
        await AskAsync(worker.Uuid, WorkerVerb.Wake);
        Assert.Null(_farm.Farm.Presence.RequestedStatus(worker.Id));
    }

    [Fact]
    public async Task A_worker_that_cannot_restart_itself_is_not_asked_to()
    {
        var worker = await _farm.Farm.AwakeAsync("w");
        await _farm.SqlAsync("UPDATE workers SET can_restart = 0");

        var refused = await Assert.ThrowsAsync<FarmActionException>(() => AskAsync(worker.Uuid, WorkerVerb.Restart));

        Assert.StartsWith("The request was not sent to the worker: worker w cannot restart itself", refused.Message);
        Assert.Null(_farm.Farm.Presence.RequestedStatus(worker.Id));
    }

    private Task AskAsync(Guid worker, WorkerVerb verb) => _farm.Actions.RequestAsync(worker, new WorkerRequest(verb, Lazy: true), default);

    private JobStatus Status(Guid job) => _farm.Farm.Job(job).Status;

    private TaskStatus Status(Guid job, int index) => _farm.Farm.Task(job, index).Status;

    private static async Task RefusedAsync(string sentence, Task action) =>
        Assert.Equal(sentence, (await Assert.ThrowsAsync<FarmActionException>(() => action)).Message);
}
