using Farm.Server.Contracts.Deadline.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Domain.Tasks;

/// <summary>Properties of Contracts/Deadline/Contract.md sections 4.1 and 4.4 for all commands, statuses and counts.</summary>
public sealed class TaskCommandRulesTests
{
    internal sealed record Situation(JobStatus Job, TaskCommand Command, TaskCounts Counts)
    {
        public JobStatus Next => JobRules.AfterCommand(Job, Command, Counts);

        public long Waiting => Counts.Queued + Counts.SoftFailed;
    }

    private static readonly TaskCommand[] Commands = Enum.GetValues<TaskCommand>();

    private static readonly Gen<(TaskCommand Command, TaskStatus Status)> Cases =
        from command in Gen.Elements(Commands)
        from status in Gen.Elements(Enum.GetValues<TaskStatus>())
        select (command, status);

    private static readonly Gen<Situation> Situations =
        from job in Gen.Elements(JobStatus.Queued, JobStatus.Active, JobStatus.PauseRequested, JobStatus.Paused, JobStatus.Completed, JobStatus.Failed, JobStatus.Canceled)
        from command in Gen.Elements(Commands)
        from n in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 9))).ArrayOf(8)
        where n.Sum() > 0
        select new Situation(job, command, new TaskCounts(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]));

    [Fact]
    public void Commands_are_idempotent() => Rule.HoldsFor(Cases, it =>
        Assert.Null(it.Command.Becomes(it.Command.Becomes(it.Status) ?? it.Status)));

    [Fact]
    public void A_command_never_changes_a_task_to_its_current_status() => Rule.HoldsFor(Cases, it => Assert.NotEqual(it.Status, it.Command.Becomes(it.Status)));

    [Fact]
    public void No_command_hands_out_cancels_or_soft_fails_a_task() => Rule.HoldsFor(Cases, it =>
        Assert.False(it.Command.Becomes(it.Status) is TaskStatus.Active or TaskStatus.Canceled or TaskStatus.SoftFailed));

    [Fact]
    public void Only_a_requeue_changes_completed_tasks() => Rule.HoldsFor(Gen.Elements(Commands), command =>
        Assert.Equal(command == TaskCommand.Requeue ? TaskStatus.Queued : null, command.Becomes(TaskStatus.Completed)));

    [Fact]
    public void A_requeue_makes_every_task_ready() => Rule.HoldsFor(Cases, it =>
        Assert.True((TaskCommand.Requeue.Becomes(it.Status) ?? it.Status).IsReady()));

    [Fact]
    public void Commands_treat_a_soft_failed_task_like_a_queued_one() => Rule.HoldsFor(Gen.Elements(Commands), command =>
        Assert.Equal(command.Becomes(TaskStatus.Queued), command.Becomes(TaskStatus.SoftFailed)));

    [Fact]
    public void After_a_command_a_job_with_waiting_tasks_hands_them_out_unless_it_is_paused() => Rule.HoldsFor(Situations, it =>
    {
        var isHeld = it.Job is JobStatus.Paused or JobStatus.PauseRequested;
        if (it.Waiting > 0 && !isHeld) Assert.True(it.Next.HandsOutTasks());
        if (it.Waiting > 0 && it.Command.ResumesJob()) Assert.True(it.Next.HandsOutTasks());
    });

    [Fact]
    public void A_job_ends_only_when_no_task_is_waiting_running_paused_or_pended() => Rule.HoldsFor(Situations, it =>
    {
        if (JobRules.IsOver(it.Next)) Assert.Equal(0, it.Waiting + it.Counts.Active + it.Counts.Paused + it.Counts.Pended);
    });

    [Fact]
    public void A_job_is_completed_if_and_only_if_all_its_tasks_are() => Rule.HoldsFor(Situations, it =>
        Assert.Equal(it.Counts.Completed == it.Counts.Total, it.Next == JobStatus.Completed));

    [Fact]
    public void The_new_status_matches_the_Deadline_status_of_the_tasks() => Rule.HoldsFor(Situations, it =>
    {
        var standing = DeadlineJobStatusRules.Of(it.Next, it.Counts);
        if (standing == DeadlineJobStatus.Active) Assert.True(it.Waiting + it.Counts.Active > 0);
        if (standing == DeadlineJobStatus.Completed) Assert.Equal(JobStatus.Completed, it.Next);
        if (standing == DeadlineJobStatus.Pending) Assert.Equal(JobStatus.Paused, it.Next);
        if (standing == DeadlineJobStatus.Failed) Assert.Equal(JobStatus.Failed, it.Next);
    });

    [Fact]
    public void Applying_the_rules_again_changes_nothing() => Rule.HoldsFor(Situations, it =>
        Assert.Equal(it.Next, (it with { Job = it.Next }).Next));
}
