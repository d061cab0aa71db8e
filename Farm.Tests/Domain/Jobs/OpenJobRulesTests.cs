using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Tests.Domain.Jobs;

/// <summary>Tasks come and go in an open job; only people end it.</summary>
public sealed class OpenJobRulesTests
{
    private static readonly TaskCounts AllDone = new() { Completed = 4 };

    [Theory]
    [InlineData(TaskStatus.Completed)]
    [InlineData(TaskStatus.Failed)]
    [InlineData(TaskStatus.Canceled)]
    [InlineData(TaskStatus.SoftFailed)]
    internal void The_last_task_does_not_end_an_open_job(TaskStatus to) =>
        Assert.Null(OpenJobRules.AfterTaskChanged(JobStatus.Active, to, With(to), byPerson: false));

    [Fact]
    public void Handing_out_the_first_task_makes_it_active() =>
        Assert.Equal(JobStatus.Active, OpenJobRules.AfterTaskChanged(JobStatus.Queued, TaskStatus.Active, new TaskCounts { Active = 1 }, false));

    [Fact]
    public void It_is_paused_when_its_last_running_task_ends()
    {
        Assert.Null(OpenJobRules.AfterTaskChanged(JobStatus.PauseRequested, TaskStatus.Completed, AllDone with { Active = 1 }, false));
        Assert.Equal(JobStatus.Paused, OpenJobRules.AfterTaskChanged(JobStatus.PauseRequested, TaskStatus.Completed, AllDone, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_a_person_can_reopen_it(bool byPerson)
    {
        var next = OpenJobRules.AfterTaskChanged(JobStatus.Canceled, TaskStatus.Queued, new TaskCounts { Queued = 1 }, byPerson);
        Assert.Equal(byPerson ? JobStatus.Queued : null, next);
    }

    [Theory]
    [InlineData(TaskCommand.Complete)]
    [InlineData(TaskCommand.Fail)]
    internal void A_command_that_leaves_no_tasks_to_run_does_not_end_it(TaskCommand command)
    {
        Assert.Equal(JobStatus.Active, OpenJobRules.AfterCommand(JobStatus.Active, command, AllDone));
        Assert.Equal(JobStatus.Paused, OpenJobRules.AfterCommand(JobStatus.Paused, command, AllDone));
        Assert.Equal(JobStatus.Canceled, OpenJobRules.AfterCommand(JobStatus.Canceled, command, AllDone));
    }

    [Theory]
    [InlineData(JobStatus.Queued, TaskStatus.Queued)]
    [InlineData(JobStatus.Active, TaskStatus.Queued)]
    [InlineData(JobStatus.Paused, TaskStatus.Paused)]
    [InlineData(JobStatus.PauseRequested, TaskStatus.Paused)]
    internal void A_new_task_is_queued_or_paused_depending_on_its_job(JobStatus job, TaskStatus task) => Assert.Equal(task, OpenJobRules.NewTaskStatus(job));

    [Theory]
    [InlineData(JobStatus.Completed)]
    [InlineData(JobStatus.Failed)]
    [InlineData(JobStatus.Canceled)]
    [InlineData(JobStatus.CancelRequested)]
    internal void An_ended_job_accepts_no_new_tasks(JobStatus job) => Assert.Null(OpenJobRules.NewTaskStatus(job));

    private static TaskCounts With(TaskStatus status) => new()
    {
        Completed = status == TaskStatus.Completed ? 1 : 0,
        Failed = status == TaskStatus.Failed ? 1 : 0,
        Canceled = status == TaskStatus.Canceled ? 1 : 0,
        SoftFailed = status == TaskStatus.SoftFailed ? 1 : 0,
    };
}
