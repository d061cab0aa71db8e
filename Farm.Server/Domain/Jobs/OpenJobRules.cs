using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>
/// How the status of an open job follows from its tasks. Tasks can be added at any time, so they never complete, fail or cancel the job;
/// only people do (a tracker's project, Contracts/TaskTracker/Contract.md section 5.10; a seed, Contracts/Aspire/Contract.md section 6).
/// </summary>
internal static class OpenJobRules
{
    /// <summary>The new status of an open job after one of its tasks changed; null if it stays the same.</summary>
    /// <param name="job">The status of the job before the change.</param>
    /// <param name="to">The new status of the task.</param>
    /// <param name="counts">The tasks of the job after the change.</param>
    /// <param name="byPerson">Whether a person requested the change. Only people can reopen a job that people ended.</param>
    public static JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson) => job switch
    {
        JobStatus.PauseRequested when counts.Active == 0 => JobStatus.Paused,
        JobStatus.Queued when to == TaskStatus.Active => JobStatus.Active,
        JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled when byPerson && to == TaskStatus.Queued => JobRules.Resumed(counts),
        _ => null,
    };

    /// <summary>The new status of an open job after a bulk update; null if it stays the same.</summary>
    public static JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts) => change switch
    {
        BulkUpdate.Cancel when job == JobStatus.CancelRequested => JobStatus.Canceled,
        BulkUpdate.Pause when job == JobStatus.PauseRequested && counts.Active == 0 => JobStatus.Paused,
        BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished when job == JobStatus.Requeueing => JobStatus.Queued,
        _ => null,
    };

    /// <summary>
    /// The status of an open job after a command to some of its tasks; a command that would end another job leaves it open.
    /// </summary>
    /// <param name="job">The status of the job before the change.</param>
    /// <param name="command">The command.</param>
    /// <param name="counts">The tasks of the job after the command.</param>
    public static JobStatus AfterCommand(JobStatus job, TaskCommand command, TaskCounts counts)
    {
        var next = JobRules.AfterCommand(job, command, counts);
        return !JobRules.IsOver(next) ? next
            : JobRules.IsOver(job) ? job
            : job is JobStatus.Paused or JobStatus.PauseRequested ? JobStatus.Paused
            : JobRules.Resumed(counts);
    }

    /// <summary>The status of a task that is added to an open job; null if the job takes none because people ended it.</summary>
    public static TaskStatus? NewTaskStatus(JobStatus job) =>
        JobRules.IsOver(job) || job == JobStatus.CancelRequested ? null : JobRules.RequeuedTaskStatus(job);
}
