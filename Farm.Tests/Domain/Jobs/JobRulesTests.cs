using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Tests.Domain.Jobs;

/// <summary>Contracts/Flamenco/Contract.md section 4.2, example by example.</summary>
public sealed class JobRulesTests
{
    [Theory]
    [InlineData(TaskStatus.Active)]
    [InlineData(TaskStatus.SoftFailed)]
    [InlineData(TaskStatus.Completed)]
    [InlineData(TaskStatus.Failed)]
    internal void A_queued_job_becomes_active_with_its_first_task(TaskStatus to) =>
        Assert.Equal(JobStatus.Active, After(JobStatus.Queued, to, With(20) with { Failed = 1, Completed = 1 }));

    [Fact]
    public void A_job_is_completed_with_its_last_task() =>
        Assert.Equal(JobStatus.Completed, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 4 }));

    [Theory]
    [InlineData(1, 10, true)]
    [InlineData(1, 11, false)]
    [InlineData(2, 20, true)]
    [InlineData(2, 21, false)]
    [InlineData(1, 1, true)]
    public void A_job_fails_when_a_tenth_of_its_tasks_failed(int failed, int total, bool fails) =>
        Assert.Equal(fails, After(JobStatus.Active, TaskStatus.Failed, With(total - failed) with { Failed = failed }) == JobStatus.Failed);

    [Fact]
    public void A_job_fails_when_all_that_is_left_waits_for_a_task_that_failed()
    {
        var waiting = new TaskCounts { Completed = 19, Failed = 1, Queued = 1 };
        Assert.Equal(JobStatus.Failed, JobRules.StatusIfStuck(JobStatus.Active, waiting, anyReady: false));
        Assert.Equal(JobStatus.CancelRequested, JobRules.StatusIfStuck(JobStatus.Active, waiting with { Failed = 0, Canceled = 1 }, anyReady: false));
    }

    [Fact]
    public void A_job_is_not_stuck_while_something_of_it_runs_can_run_or_is_held_by_a_person()
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
    public void A_job_is_canceled_when_nothing_of_it_is_left_to_run() =>
        Assert.Equal(JobStatus.Canceled, After(JobStatus.Active, TaskStatus.Canceled, new TaskCounts { Canceled = 1, Completed = 2 }));

    [Theory]
    [InlineData(TaskStatus.Completed)]
    [InlineData(TaskStatus.SoftFailed)]
    [InlineData(TaskStatus.Paused)]
    [InlineData(TaskStatus.Queued)]
    internal void A_pause_takes_effect_when_nothing_runs_any_more(TaskStatus to)
    {
        Assert.Equal(JobStatus.Paused, After(JobStatus.PauseRequested, to, With(3)));
        Assert.Null(After(JobStatus.PauseRequested, to, With(3) with { Active = 1 }));
    }

    [Fact]
    public void A_pause_is_not_undone_by_a_task_that_fails_softly() =>
        Assert.Null(After(JobStatus.Paused, TaskStatus.SoftFailed, With(3) with { SoftFailed = 1 }));

    [Fact]
    public void When_nothing_is_left_to_do_but_not_all_was_done_the_job_is_over()
    {
        Assert.Equal(JobStatus.Failed, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 30, Failed = 1 }));
        Assert.Equal(JobStatus.Canceled, After(JobStatus.Active, TaskStatus.Completed, new TaskCounts { Completed = 30, Canceled = 1 }));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Canceled)]
    internal void A_person_who_queues_a_task_opens_its_job_again(JobStatus over)
    {
        Assert.Equal(JobStatus.Active, JobRules.AfterTaskChanged(over, TaskStatus.Queued, new TaskCounts { Queued = 1, Completed = 3 }, byPerson: true));
        Assert.Equal(JobStatus.Queued, JobRules.AfterTaskChanged(over, TaskStatus.Queued, new TaskCounts { Queued = 1, Canceled = 3 }, byPerson: true));
    }

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Canceled)]
    internal void A_task_that_a_worker_gives_back_or_fails_opens_no_job_again(JobStatus over)
    {
        foreach (var to in new[] { TaskStatus.Queued, TaskStatus.SoftFailed, TaskStatus.Failed, TaskStatus.Canceled, TaskStatus.Paused })
            Assert.Null(After(over, to, With(3) with { Failed = 1 }));
    }

    [Theory]
    [InlineData(JobStatus.UnderConstruction)]
    [InlineData(JobStatus.CancelRequested)]
    [InlineData(JobStatus.Requeueing)]
    internal void A_job_whose_tasks_are_all_being_changed_heeds_no_single_one(JobStatus busy)
    {
        foreach (var to in Enum.GetValues<TaskStatus>())
            Assert.Null(JobRules.AfterTaskChanged(busy, to, new TaskCounts { Completed = 1 }, byPerson: true));
    }

    [Fact]
    public void Queueing_a_job_whose_tasks_are_all_done_completes_it()
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
    internal void The_tasks_follow_the_job(JobStatus from, JobStatus to, BulkUpdate? change) => Assert.Equal(change, JobRules.AfterJobChanged(from, to));

    [Fact]
    public void The_job_follows_when_all_tasks_have()
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
    internal void What_someone_asked_meanwhile_stays(BulkUpdate change) =>
        Assert.Null(JobRules.AfterBulkUpdate(change, JobStatus.Paused, With(1)));

    [Theory]
    [InlineData(JobStatus.PauseRequested, TaskStatus.Paused)]
    [InlineData(JobStatus.Paused, TaskStatus.Paused)]
    [InlineData(JobStatus.Active, TaskStatus.Queued)]
    [InlineData(JobStatus.Canceled, TaskStatus.Queued)]
    internal void A_task_that_is_given_back_waits_or_is_held_as_its_job_is(JobStatus job, TaskStatus becomes) =>
        Assert.Equal(becomes, JobRules.RequeuedTaskStatus(job));

    private static TaskCounts With(int queued) => new() { Queued = queued };

    private static JobStatus? After(JobStatus job, TaskStatus to, TaskCounts counts) => JobRules.AfterTaskChanged(job, to, counts, byPerson: false);
}
