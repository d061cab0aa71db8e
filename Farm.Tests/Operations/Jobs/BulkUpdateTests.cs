using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Jobs;

/// <summary>Updates of too many tasks for one transaction: they run in slices, let other writes in between, and resume after a restart (Docs/design.md section 3).</summary>
public sealed class BulkUpdateTests : IAsyncDisposableTest
{
    private const int Many = 5_000;

    private readonly TemporaryDirectory _directory = new();
    private StoreFarm _farm;

    public BulkUpdateTests() => _farm = new StoreFarm(_directory["farm"], slice: 1000);

    [Fact]
    public async Task A_large_job_is_canceled_in_slices_across_a_restart()
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.CancelRequested, "test");
        Assert.Equal((JobStatus.CancelRequested, 1000L), (_farm.Job(job).Status, _farm.Job(job).Tasks.Canceled));
        await AdvanceAsync();
        await ReopenAsync();
        Assert.Equal(2000, _farm.Job(job).Tasks.Canceled);
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((JobStatus.Canceled, (long)Many), (_farm.Job(job).Status, _farm.Job(job).Tasks.Canceled));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task Other_writes_happen_between_slices()
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        var other = await _farm.SubmitAsync("misc:10", priority: 90);
        var worker = await _farm.AwakeAsync("w");
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.PauseRequested, "test");
        while (_farm.Job(job).BulkUpdate is not null)
        {
            await _farm.ReportAsync(worker, await _farm.TakeAsync(worker), TaskStatus.Completed);
            await AdvanceAsync();
            Invariants.Check(_farm.Store);
        }

        Assert.Equal((JobStatus.Paused, (long)Many), (_farm.Job(job).Status, _farm.Job(job).Tasks.Paused));
        Assert.Equal(4, _farm.Job(other).Tasks.Completed);
    }

    [Fact]
    public async Task Requeueing_a_completed_job_requeues_every_task()
    {
        var job = await _farm.SubmitAsync($"misc:{Many} misc:1:50:0");
        await _farm.Store.WriteAsync(tx =>
        {
            foreach (var task in TaskTable.Slice(tx.Db, JobTable.ByUuid(tx.Db, job)!.Id, 0, Many + 1))
                _farm.Transitions.Apply(tx, task, new TaskChange(TaskStatus.Completed, TaskCause.Job));
        });
        Assert.Equal(JobStatus.Completed, _farm.Job(job).Status);
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.Requeueing, "test");
        // A second request must not leave half of the tasks unchanged.
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.Requeueing, "test");
        await ReopenAsync();
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((JobStatus.Queued, Many + 1L), (_farm.Job(job).Status, _farm.Job(job).Tasks.Queued));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_deleted_job_is_removed_completely_and_its_workers_learn_of_it()
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        var worker = await _farm.AwakeAsync("w");
        var held = await _farm.TakeAsync(worker);
        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        Assert.Null((await _farm.Scheduler.ScheduleAsync((await _farm.AwakeAsync("other")).Id)).Task);
        await AdvanceAsync();
        await ReopenAsync();
        await _farm.BulkUpdates.DrainAsync();
        Assert.Null(_farm.Store.Read(db => JobTable.ByUuid(db, job)));
        Invariants.Check(_farm.Store);
        Assert.Equal("Task not found", _farm.Permission.MayKeepRunning(worker.Id, held.Uuid, held.AttemptId).Reason);
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<FarmException>(() => _farm.ReportAsync(worker, held, TaskStatus.Completed))).Kind);
    }

    [Fact]
    public async Task A_task_failure_does_not_stop_the_deletion_of_its_job()
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        var worker = await _farm.AwakeAsync("only");
        // At the end of the job, so that no slice has deleted the task yet.
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE tasks SET number = -1 WHERE number = 4999"));
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE tasks SET number = 4999 WHERE number = 0"));
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE tasks SET number = 0 WHERE number = -1"));
        var held = await _farm.TakeAsync(worker);
        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        await _farm.ReportAsync(worker, held, TaskStatus.Failed);
        await _farm.BulkUpdates.DrainAsync();
        Assert.Null(_farm.Store.Read(db => JobTable.ByUuid(db, job)));
    }

    [Fact]
    public async Task A_requeue_or_soft_failure_does_not_reopen_a_failed_job_during_its_cancellation()
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        var (leaver, failer) = (await _farm.AwakeAsync("leaver"), await _farm.AwakeAsync("failer"));
        await _farm.Store.WriteAsync(tx =>
        {
            var last = TaskTable.Slice(tx.Db, JobTable.ByUuid(tx.Db, job)!.Id, Many - 2, 2);
            _farm.Transitions.HandOut(tx, last[0], leaver);
            _farm.Transitions.HandOut(tx, last[1], failer);
        });
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.Failed, "test");
        await _farm.Presence.SignOffAsync(leaver.Id);
        var held = (await _farm.Store.WriteAsync(tx => TaskTable.HeldBy(tx.Db, failer.Id)))[0];
        await _farm.Reports.ApplyAsync(failer.Id, held.Uuid, null, new TaskReport(TaskStatus.Failed, null, null, null));
        Assert.Equal(JobStatus.Failed, _farm.Job(job).Status);
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal((JobStatus.Failed, (long)Many), (_farm.Job(job).Status, _farm.Job(job).Tasks.Canceled));
        Invariants.Check(_farm.Store);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Many - 1)]
    public async Task A_failed_job_reopened_during_its_cancellation_continues_with_the_remaining_tasks(int task)
    {
        var job = await _farm.SubmitAsync($"misc:{Many}");
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.Failed, "test");
        await _farm.Tasks.SetStatusAsync(Caller.Farm, _farm.Task(job, task).Uuid, TaskStatus.SoftFailed, "once more");
        await _farm.BulkUpdates.DrainAsync();

        var opened = _farm.Job(job);
        Assert.Equal(JobStatus.Active, opened.Status);
        Assert.Equal(Many - 1000, opened.Tasks.Queued + opened.Tasks.SoftFailed - (task < 1000 ? 1 : 0));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task Tasks_that_time_out_together_are_counted_once_when_the_first_fails_the_job()
    {
        var job = await _farm.SubmitAsync("misc:2");
        var workers = new[] { await _farm.AwakeAsync("one"), await _farm.AwakeAsync("two") };
        for (var round = 0; round < 2; round++)
        {
            foreach (var worker in workers) await _farm.TakeAsync(worker);
            ((ManualTime)_farm.Time).Advance(_farm.Limits.TaskTimeout + TimeSpan.FromSeconds(1));
            foreach (var worker in workers) _farm.Heartbeats.WorkerSeen(worker.Id);
            await _farm.Timeouts.CheckAsync();
            Invariants.Check(_farm.Store);
        }

        var tasks = _farm.Job(job).Tasks;
        Assert.Equal((1L, 1L, 0L), (tasks.Failed, tasks.Canceled, tasks.Active));
    }

    [Fact]
    public async Task An_interrupted_job_construction_resumes_with_the_same_tasks()
    {
        var whole = await _farm.SubmitAsync($"misc:{Many} misc:3:50:0");
        var broken = await _farm.SubmitAsync($"misc:{Many} misc:3:50:0");
        await CutOffAsync(broken, 2500);
        await ReopenAsync();
        Assert.Equal(JobStatus.UnderConstruction, _farm.Job(broken).Status);
        await _farm.BulkUpdates.ResumeConstructionAsync();

        Assert.Equal(JobStatus.Queued, _farm.Job(broken).Status);
        Assert.Equal(TasksOf(whole), TasksOf(broken));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_builder_whose_job_another_manager_claimed_writes_nothing_more()
    {
        var whole = await _farm.SubmitAsync($"misc:{Many} misc:3:50:0");
        var job = await _farm.SubmitAsync($"misc:{Many} misc:3:50:0");
        await CutOffAsync(job, 2500);
        var stopped = new JobConstruction(_farm.JobTransitions);
        await _farm.Store.WriteAsync(tx =>
        {
            stopped.Continue(tx, _farm.Job(job));
            stopped.Claim(tx, Guid.NewGuid());
            Assert.True(stopped.IsStillWanted(tx));
        });
        await _farm.BulkUpdates.ResumeConstructionAsync();
        await _farm.Store.WriteAsync(tx => Assert.False(stopped.IsStillWanted(tx)));
        Assert.Equal(TasksOf(whole), TasksOf(job));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_job_under_construction_is_left_to_its_manager_while_that_lives()
    {
        var job = await _farm.SubmitAsync($"misc:{Many} misc:3:50:0");
        await CutOffAsync(job, 2500);
        await _farm.Store.WriteAsync(tx => NewJobTable.SetBuilder(tx.Db, _farm.Job(job).Id, _farm.Store.Manager));
        await _farm.BulkUpdates.ResumeConstructionAsync();
        Assert.Equal(JobStatus.UnderConstruction, _farm.Job(job).Status);
    }

    [SqliteFact]
    public async Task The_manager_that_leads_hears_of_a_submission_that_failed_on_another()
    {
        await _farm.Store.WriteAsync(tx => tx.Db.Execute($"PRAGMA max_page_count = {_farm.Number("PRAGMA page_count") + 100}"));
        await Assert.ThrowsAsync<FarmException>(() => _farm.SubmitAsync($"misc:{Many}"));
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));
        // Only what a transaction publishes reaches other managers.
        await using var events = _farm.Events.ListenAsync(CancellationToken.None).GetAsyncEnumerator();
        var heard = events.MoveNextAsync();
        await _farm.Submitter.DropAbandonedAsync();
        Assert.True(await heard.AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        while (events.Current.Kind != FarmEventKind.Job) Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [SqliteFact]
    public async Task A_submission_that_fails_on_a_full_disk_leaves_nothing_behind()
    {
        await _farm.Store.WriteAsync(tx => tx.Db.Execute($"PRAGMA max_page_count = {_farm.Number("PRAGMA page_count") + 100}"));
        var refused = await Assert.ThrowsAsync<FarmException>(() => _farm.SubmitAsync($"misc:{Many}"));
        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));
        await _farm.Submitter.DropAbandonedAsync();
        await _farm.BulkUpdates.DrainAsync();
        Assert.Equal(0, _farm.Number("SELECT count(*) FROM jobs"));
        Invariants.Check(_farm.Store);
        await _farm.SubmitAsync($"misc:{Many}");
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Task AdvanceAsync() => _farm.Store.WriteAsync(tx =>
    {
        if (JobTable.InBulkUpdate(tx.Db) is [var job, ..]) _farm.JobTransitions.RunNextSlice(tx, job);
    });

    private async Task ReopenAsync()
    {
        await _farm.DisposeAsync();
        _farm = new StoreFarm(_directory["farm"], slice: 1000);
    }

    /// <summary>Puts a job in the state after a crash that left this many tasks.</summary>
    private Task CutOffAsync(Guid uuid, int kept) => _farm.Store.WriteAsync(tx =>
    {
        var job = JobTable.ByUuid(tx.Db, uuid)!;
        tx.Db.Execute("DELETE FROM tasks WHERE job_id = $1 AND number >= $2", job.Id, kept);
        tx.Db.Execute("UPDATE jobs SET status = 0, mass_change = 1, tasks_queued = $2 WHERE id = $1", job.Id, kept);
        tx.Db.Execute(
            """
            UPDATE stages SET hands_out = 0, unmet = 0, ready = (SELECT count(*) FROM tasks t WHERE t.stage_id = stages.id),
              incomplete = (SELECT count(*) FROM tasks t WHERE t.stage_id = stages.id) WHERE job_id = $1
            """,
            job.Id);
    });

    private List<string> TasksOf(Guid job) => _farm.Store.Read(db => db.All(
        """
        SELECT concat_ws('|', t.number, t.name, s.number, t.steps_total, c.commands) FROM tasks t JOIN stages s ON s.id = t.stage_id
        JOIN command_lists c ON c.id = t.command_list_id JOIN jobs j ON j.id = t.job_id WHERE j.uuid = $1 ORDER BY t.number
        """,
        row => row.GetString(0), job));
}
