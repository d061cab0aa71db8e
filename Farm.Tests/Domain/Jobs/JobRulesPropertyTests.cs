using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Domain.Jobs;

/// <summary>Properties of Contracts/Flamenco/Contract.md section 4.2 for all jobs and counts.</summary>
public sealed class JobRulesPropertyTests
{
    internal sealed record Situation(JobStatus Job, TaskStatus To, TaskCounts Counts, bool ByPerson)
    {
        public JobStatus? Next => JobRules.AfterTaskChanged(Job, To, Counts, ByPerson);
    }

    private static readonly Gen<Situation> Situations =
        from job in Gen.Elements(Enum.GetValues<JobStatus>())
        from to in Gen.Elements(Enum.GetValues<TaskStatus>())
        from n in Gen.Choose(0, 12).ArrayOf(8)
        from byPerson in Gen.Elements(true, false)
        select new Situation(job, to, AtLeastOne(to, new TaskCounts(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7])), byPerson);

    [Fact]
    public void A_job_never_changes_to_its_current_status() => Rule.HoldsFor(Situations, it => Assert.NotEqual(it.Job, it.Next));

    [Fact]
    public void A_job_is_completed_only_when_all_its_tasks_are() => Rule.HoldsFor(
        Situations, it => Assert.True(it.Next != JobStatus.Completed || it.Counts.Completed == it.Counts.Total));

    [Fact]
    public void A_job_is_paused_only_on_request_and_never_while_a_task_runs() => Rule.HoldsFor(
        Situations, it => Assert.True(it.Next != JobStatus.Paused || (it.Job == JobStatus.PauseRequested && it.Counts.Active == 0)));

    [Fact]
    public void A_job_fails_only_when_a_task_failed() => Rule.HoldsFor(
        Situations, it => Assert.True(it.Next != JobStatus.Failed || it.Counts.Failed > 0));

    [Fact]
    public void Only_a_person_can_make_a_job_hand_out_tasks_again() => Rule.HoldsFor(Situations, it =>
        Assert.True(it.ByPerson || it.Job.HandsOutTasks() || it.Next is not (JobStatus.Active or JobStatus.Queued)));

    [Fact]
    public void A_task_change_never_puts_a_job_in_a_transitional_status() => Rule.HoldsFor(Situations, it => Assert.False(
        it.Next is JobStatus.UnderConstruction or JobStatus.PauseRequested or JobStatus.CancelRequested or JobStatus.Requeueing));

    [Fact]
    public void A_running_job_with_nothing_left_to_do_ends_when_a_task_completes_or_fails() => Rule.HoldsFor(
        Situations.Where(it => it.Job.HandsOutTasks() && it.To is (TaskStatus.Completed or TaskStatus.Failed)), it =>
        {
            var left = it.Counts.Total - it.Counts.Completed - it.Counts.Failed - it.Counts.Canceled;
            if (left == 0) Assert.True(it.Next is { } next && JobRules.IsOver(next));
        });

    [Fact]
    public void Repeating_a_bulk_update_changes_nothing() => Rule.HoldsFor(
        from change in Gen.Elements(Enum.GetValues<BulkUpdate>())
        from status in Gen.Elements(Enum.GetValues<TaskStatus>())
        select (change, status),
        it => Assert.Null(it.change.TaskBecomes(it.change.TaskBecomes(it.status) ?? it.status)));

    private static TaskCounts AtLeastOne(TaskStatus of, TaskCounts counts) => of switch
    {
        TaskStatus.Queued => counts with { Queued = counts.Queued + 1 },
        TaskStatus.SoftFailed => counts with { SoftFailed = counts.SoftFailed + 1 },
        TaskStatus.Pended => counts with { Pended = counts.Pended + 1 },
        TaskStatus.Active => counts with { Active = counts.Active + 1 },
        TaskStatus.Paused => counts with { Paused = counts.Paused + 1 },
        TaskStatus.Completed => counts with { Completed = counts.Completed + 1 },
        TaskStatus.Failed => counts with { Failed = counts.Failed + 1 },
        _ => counts with { Canceled = counts.Canceled + 1 },
    };
}
