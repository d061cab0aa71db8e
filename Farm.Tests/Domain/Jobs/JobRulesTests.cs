using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Tests.Domain.Jobs;

/// <summary>Contracts/Flamenco/Contract.md section 4.2, by example.</summary>
public sealed class JobRulesTests
{
    [Theory]
    [InlineData(TaskStatus.Active)]
    [InlineData(TaskStatus.SoftFailed)]
    [InlineData(TaskStatus.Completed)]
    [InlineData(TaskStatus.Failed)]
    internal void A_queued_job_becomes_active_when_its_first_task_runs(TaskStatus to) =>
        Assert.Equal(JobStatus.Active, After(JobStatus.Queued, to, With(20) with { Failed = 1, Completed = 1 }));

    [Fact]
    public void A_job_is_completed_when_its_last_task_is() =>
        Assert.Equal(JobStatus.Completed, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 4 }));

    [Theory]
    [InlineData(1, 10, true)]
    [InlineData(1, 11, false)]
    [InlineData(2, 20, true)]
    [InlineData(2, 21, false)]
    [InlineData(1, 1, true)]
    public void A_job_fails_when_ten_percent_of_its_tasks_have_failed(int failed, int total, bool fails) =>
        Assert.Equal(fails, After(JobStatus.Active, TaskStatus.Failed, With(total - failed) with { Failed = failed }) == JobStatus.Failed);

    [Fact]
    public void A_job_fails_when_all_remaining_tasks_depend_on_a_failed_one()
    {
        var waiting = new TaskCounts { Completed = 19, Failed = 1, Queued = 1 };
        Assert.Equal(JobStatus.Failed, JobRules.StatusIfStuck(JobStatus.Active, waiting, anyReady: false));
        Assert.Equal(JobStatus.CancelRequested, JobRules.StatusIfStuck(JobStatus.Active, waiting with { Failed = 0, Canceled = 1 }, anyReady: false));
    }

    [Fact]
    public void A_job_is_not_stuck_while_a_task_is_running_ready_paused_or_pended()
    {
        var waiting = new TaskCounts { Completed = 19, Failed = 1, Queued = 1 };
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Active, waiting, anyReady: true));
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Active, waiting with { Active = 1 }, anyReady: false));
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Active, waiting with { Paused = 1 }, anyReady: false));
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Active, waiting with { Pended = 1 }, anyReady: false));
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Active, waiting with { Failed = 0 }, anyReady: false));
        Assert.Null(JobRules.StatusIfStuck(JobStatus.Paused, waiting, anyReady: false));
    }

    [Fact]
    public void A_job_is_canceled_when_a_canceled_task_leaves_nothing_to_run() =>
        Assert.Equal(JobStatus.Canceled, After(JobStatus.Active, TaskStatus.Canceled, new TaskCounts { Canceled = 1, Completed = 2 }));

    [Theory]
    [InlineData(TaskStatus.Completed)]
    [InlineData(TaskStatus.SoftFailed)]
    [InlineData(TaskStatus.Paused)]
    [InlineData(TaskStatus.Queued)]
    internal void A_pause_takes_effect_when_the_last_running_task_ends(TaskStatus to)
    {
        Assert.Equal(JobStatus.Paused, After(JobStatus.PauseRequested, to, With(3)));
        Assert.Null(After(JobStatus.PauseRequested, to, With(3) with { Active = 1 }));
    }

    [Fact]
    public void A_soft_failure_does_not_unpause_a_job() =>
        Assert.Null(After(JobStatus.Paused, TaskStatus.SoftFailed, With(3) with { SoftFailed = 1 }));

    [Fact]
    public void A_job_that_did_not_complete_all_its_tasks_ends_as_failed_or_canceled()
    {
        Assert.Equal(JobStatus.Failed, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 30, Failed = 1 }));
        Assert.Equal(JobStatus.Canceled, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 30, Canceled = 1 }));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Canceled)]
    internal void Queueing_a_task_by_hand_reopens_its_job(JobStatus over)
    {
        Assert.Equal(JobStatus.Active, JobRules.AfterTaskChanged(over, TaskStatus.Queued, new TaskCounts { Queued = 1, Completed = 3 }, byPerson: true));
        Assert.Equal(JobStatus.Queued, JobRules.AfterTaskChanged(over, TaskStatus.Queued, new TaskCounts { Queued = 1, Canceled = 3 }, byPerson: true));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Canceled)]
    internal void A_task_requeued_or_failed_by_a_worker_does_not_reopen_its_job(JobStatus over)
    {
        foreach (var to in new[] { TaskStatus.Queued, TaskStatus.SoftFailed, TaskStatus.Failed, TaskStatus.Canceled, TaskStatus.Paused })
            Assert.Null(After(over, to, With(3) with { Failed = 1 }));
    }

    [Theory]
    [InlineData(JobStatus.UnderConstruction)]
    [InlineData(JobStatus.CancelRequested)]
    [InlineData(JobStatus.Requeueing)]
    internal void A_job_ignores_single_task_changes_during_a_bulk_update(JobStatus busy)
    {
        foreach (var to in Enum.GetValues<TaskStatus>())
            Assert.Null(JobRules.AfterTaskChanged(busy, to, new TaskCounts { Completed = 1 }, byPerson: true));
    }

    [Fact]
    public void Queueing_a_job_whose_tasks_are_all_completed_completes_it()
    {
        Assert.Equal(JobStatus.Completed, JobRules.RequestedStatus(JobStatus.Queued, new TaskCounts { Completed = 2 }));
        Assert.Equal(JobStatus.Queued, JobRules.RequestedStatus(JobStatus.Queued, new TaskCounts { Completed = 2, Failed = 1 }));
        Assert.Equal(JobStatus.Paused, JobRules.RequestedStatus(JobStatus.Paused, new TaskCounts { Completed = 2 }));
    }

    [Theory]
    [InlineData(JobStatus.Active, JobStatus.CancelRequested, BulkUpdate.Cancel)]
    [InlineData(JobStatus.Active, JobStatus.Failed, BulkUpdate.Fail)]
    [InlineData(JobStatus.Active, JobStatus.PauseRequested, BulkUpdate.Pause)]
    [InlineData(JobStatus.Completed, JobStatus.Requeueing, BulkUpdate.RequeueAll)]
    [InlineData(JobStatus.Failed, JobStatus.Requeueing, BulkUpdate.RequeueUnfinished)]
    [InlineData(JobStatus.Paused, JobStatus.Requeueing, BulkUpdate.RequeueUnfinished)]
    [InlineData(JobStatus.Queued, JobStatus.Active, null)]
    [InlineData(JobStatus.Active, JobStatus.Completed, null)]
    [InlineData(JobStatus.Active, JobStatus.Canceled, null)]
    [InlineData(JobStatus.Active, JobStatus.Paused, null)]
    internal void A_job_status_change_starts_the_matching_bulk_update(JobStatus from, JobStatus to, BulkUpdate? change) => Assert.Equal(change, JobRules.AfterJobChanged(from, to));

    [Fact]
    public void The_job_changes_status_when_the_bulk_update_is_done()
    {
        Assert.Equal(JobStatus.Canceled, JobRules.AfterBulkUpdate(BulkUpdate.Cancel, JobStatus.CancelRequested, With(1)));
        Assert.Equal(JobStatus.Queued, JobRules.AfterBulkUpdate(BulkUpdate.RequeueAll, JobStatus.Requeueing, With(1)));
        Assert.Equal(JobStatus.Completed, JobRules.AfterBulkUpdate(BulkUpdate.RequeueUnfinished, JobStatus.Requeueing, new TaskCounts { Completed = 1 }));
        Assert.Equal(JobStatus.Paused, JobRules.AfterBulkUpdate(BulkUpdate.Pause, JobStatus.PauseRequested, With(1)));
        Assert.Null(JobRules.AfterBulkUpdate(BulkUpdate.Pause, JobStatus.PauseRequested, new TaskCounts { Active = 1 }));
        Assert.Null(JobRules.AfterBulkUpdate(BulkUpdate.Fail, JobStatus.Failed, With(1)));
    }

    [Theory]
    [InlineData(BulkUpdate.Cancel)]
    [InlineData(BulkUpdate.RequeueAll)]
    [InlineData(BulkUpdate.RequeueUnfinished)]
    internal void A_status_requested_during_a_bulk_update_is_kept(BulkUpdate change) =>
        Assert.Null(JobRules.AfterBulkUpdate(change, JobStatus.Paused, With(1)));

    [Theory]
    [InlineData(JobStatus.PauseRequested, TaskStatus.Paused)]
    [InlineData(JobStatus.Paused, TaskStatus.Paused)]
    [InlineData(JobStatus.Active, TaskStatus.Queued)]
    [InlineData(JobStatus.Canceled, TaskStatus.Queued)]
    internal void A_requeued_task_is_queued_or_paused_depending_on_its_job(JobStatus job, TaskStatus becomes) =>
        Assert.Equal(becomes, JobRules.RequeuedTaskStatus(job));

    private static TaskCounts With(int queued) => new() { Queued = queued };

    private static JobStatus? After(JobStatus job, TaskStatus to, TaskCounts counts) => JobRules.AfterTaskChanged(job, to, counts, byPerson: false);
}
