using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>
/// How the status of a job follows from its tasks and from requests of people (Contracts/Flamenco/Contract.md section 4.2).
/// </summary>
internal static class JobRules
{
    /// <summary>A job fails when this share of its tasks failed, in whole percent, rounded down.</summary>
    public const int FailingPercentage = 10;

    /// <summary>The new status of a job after one of its tasks changed to <paramref name="to"/>; null if it stays the same.</summary>
    /// <param name="job">The status of the job before the change.</param>
    /// <param name="to">The new status of the task.</param>
    /// <param name="counts">The tasks of the job after the change.</param>
    /// <param name="byPerson">Whether a person requested the change. Only people can reopen a job that has ended; workers cannot.</param>
    public static JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson)
    {
        if (job is JobStatus.UnderConstruction or JobStatus.CancelRequested or JobStatus.Requeueing) return null;
        var allDone = counts.Completed == counts.Total;
        if (IsOver(job) && !byPerson) return allDone && job != JobStatus.Completed ? JobStatus.Completed : null;
        var next = to switch
        {
            TaskStatus.Active => Activated(job),
            TaskStatus.SoftFailed => PausedIfIdle(job, counts) ?? Activated(job),
            TaskStatus.Completed when allDone => JobStatus.Completed,
            TaskStatus.Failed when TooManyFailed(counts) => JobStatus.Failed,
            TaskStatus.Completed or TaskStatus.Failed => PausedIfIdle(job, counts) ?? StatusIfEnded(counts) ?? Started(job),
            TaskStatus.Canceled when counts.Active + counts.Queued + counts.SoftFailed == 0 => JobStatus.Canceled,
            TaskStatus.Canceled or TaskStatus.Paused or TaskStatus.Pended => PausedIfIdle(job, counts),
            TaskStatus.Queued => Reopened(job, counts),
            _ => null,
        };
        return next == job ? null : next;
    }

    /// <summary>
    /// The new status of a job whose remaining tasks all wait for tasks that will never complete; null if it is not stuck. Below the
    /// failing percentage the job would otherwise look busy forever.
    /// </summary>
    /// <param name="job">The status of the job.</param>
    /// <param name="counts">Its tasks.</param>
    /// <param name="anyReady">Whether one of its tasks could be handed out now.</param>
    public static JobStatus? StatusIfStuck(JobStatus job, TaskCounts counts, bool anyReady)
    {
        if (anyReady || !job.HandsOutTasks() || counts.Active + counts.Paused + counts.Pended > 0) return null;
        return counts.Failed > 0 ? JobStatus.Failed : counts.Canceled > 0 ? JobStatus.CancelRequested : null;
    }

    /// <summary>The new status of a job when a person requests one: the same, except that a completed job cannot become queued.</summary>
    /// <param name="requested">The requested status.</param>
    /// <param name="counts">The tasks of the job.</param>
    public static JobStatus RequestedStatus(JobStatus requested, TaskCounts counts) =>
        requested == JobStatus.Queued && counts.Total > 0 && counts.Completed == counts.Total ? JobStatus.Completed : requested;

    /// <summary>The bulk update that a change of a job's status starts; null for none.</summary>
    public static BulkUpdate? AfterJobChanged(JobStatus from, JobStatus to) => to switch
    {
        JobStatus.CancelRequested => BulkUpdate.Cancel,
        JobStatus.Failed => BulkUpdate.Fail,
        JobStatus.PauseRequested => BulkUpdate.Pause,
        JobStatus.Requeueing when from == JobStatus.Completed => BulkUpdate.RequeueAll,
        JobStatus.Requeueing => BulkUpdate.RequeueUnfinished,
        _ => null,
    };

    /// <summary>
    /// The new status of a job after a bulk update; null if it stays the same, for example because another status was requested meanwhile.
    /// </summary>
    public static JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts) => change switch
    {
        BulkUpdate.Cancel when job == JobStatus.CancelRequested => JobStatus.Canceled,
        BulkUpdate.Pause => PausedIfIdle(job, counts),
        BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished when job == JobStatus.Requeueing
            => counts.Completed == counts.Total ? JobStatus.Completed : JobStatus.Queued,
        BulkUpdate.Resume when job.HandsOutTasks() => counts.Completed == counts.Total ? JobStatus.Completed : StatusIfEnded(counts),
        _ => null,
    };

    /// <summary>The status of a paused job after it is resumed.</summary>
    public static JobStatus Resumed(TaskCounts counts) => counts.Completed + counts.Active > 0 ? JobStatus.Active : JobStatus.Queued;

    /// <summary>Whether a job has unfinished tasks, but none that runs or will be handed out.</summary>
    public static bool IsHeld(JobStatus job, TaskCounts counts)
    {
        var waiting = counts.Queued + counts.SoftFailed;
        if (counts.Active > 0 || (waiting > 0 && (job.HandsOutTasks() || job == JobStatus.Requeueing))) return false;
        return waiting + counts.Paused + counts.Canceled > 0;
    }

    /// <summary>
    /// The status of a job after a command to some of its tasks: the one that describes its tasks best. A requested pause stays in effect
    /// unless the command queues tasks.
    /// </summary>
    /// <param name="job">The status of the job before the change.</param>
    /// <param name="command">The command.</param>
    /// <param name="counts">The tasks of the job after the command.</param>
    public static JobStatus AfterCommand(JobStatus job, TaskCommand command, TaskCounts counts)
    {
        var isHeld = job is JobStatus.Paused or JobStatus.PauseRequested;
        if (counts.Queued + counts.SoftFailed > 0) return isHeld && !Queues(command) ? job : Resumed(counts);
        if (counts.Active > 0) return job == JobStatus.PauseRequested ? job : JobStatus.Active;
        if (counts.Paused + counts.Pended > 0) return JobStatus.Paused;
        if (counts.Failed > 0) return JobStatus.Failed;
        return counts.Canceled > 0 ? JobStatus.Canceled : JobStatus.Completed;
    }

    /// <summary>
    /// Whether a job may fail because no worker is left for one of its tasks: not if it has ended or is already changing.
    /// </summary>
    public static bool CanFail(JobStatus job) =>
        job is JobStatus.Queued or JobStatus.Active or JobStatus.PauseRequested or JobStatus.Paused;

    /// <summary>Whether a job has ended: completed, failed or canceled.</summary>
    public static bool IsOver(JobStatus job) => job is JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled;

    /// <summary>The status of a requeued task: queued, or paused if its job is (section 4.3).</summary>
    public static TaskStatus RequeuedTaskStatus(JobStatus job) =>
        job is JobStatus.PauseRequested or JobStatus.Paused ? TaskStatus.Paused : TaskStatus.Queued;

    /// <summary>A task that still runs or soft-fails does not undo a requested pause.</summary>
    private static JobStatus? Activated(JobStatus job) =>
        job is JobStatus.Active or JobStatus.PauseRequested or JobStatus.Paused ? null : JobStatus.Active;

    private static JobStatus? Started(JobStatus job) => job == JobStatus.Queued ? JobStatus.Active : null;

    /// <summary>If all tasks have ended but not all completed, the job ends; it would otherwise look busy forever.</summary>
    private static JobStatus? StatusIfEnded(TaskCounts counts) =>
        counts.Total > counts.Completed + counts.Failed + counts.Canceled ? null
        : counts.Failed > 0 ? JobStatus.Failed
        : JobStatus.Canceled;

    private static JobStatus? PausedIfIdle(JobStatus job, TaskCounts counts) =>
        job == JobStatus.PauseRequested && counts.Active == 0 ? JobStatus.Paused : null;

    private static bool TooManyFailed(TaskCounts counts) => counts.Failed * 100 / counts.Total >= FailingPercentage;

    /// <summary>
    /// A requeued task reopens a job that has ended, but only that task runs again: re-rendering a whole job for one bad frame is a
    /// weakness of the original (Contracts/Flamenco/Contract.md section 12.11).
    /// </summary>
    private static JobStatus? Reopened(JobStatus job, TaskCounts counts) => job switch
    {
        JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled => Resumed(counts),
        JobStatus.PauseRequested => PausedIfIdle(job, counts),
        _ => null,
    };

    private static bool Queues(TaskCommand command) =>
        command is TaskCommand.Requeue or TaskCommand.Resume or TaskCommand.ResumeFailed or TaskCommand.ReleasePending;
}
