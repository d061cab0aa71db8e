using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>How the status of a job follows from its tasks and from what people request (Contracts/Flamenco/Contract.md section 4.2).</summary>
internal static class JobRules
{
    /// <summary>A job fails when this share of its tasks failed, in whole percent, rounded down.</summary>
    public const int FailingPercentage = 10;

    /// <summary>
    /// The status that a job takes after one of its tasks changed to <paramref name="to"/>, or null when it stays.
    /// </summary>
    /// <param name="job">The status of the job before.</param>
    /// <param name="to">The new status of the task.</param>
    /// <param name="counts">The tasks of the job after the change.</param>
    /// <param name="byPerson">A person asked for the change. Only that opens a job again which is over; what workers do does not.</param>
    public static JobStatus? AfterTaskChanged(JobStatus job, TaskStatus to, TaskCounts counts, bool byPerson)
    {
        if (job is JobStatus.UnderConstruction or JobStatus.CancelRequested or JobStatus.Requeueing) return null;
        var allDone = counts.Completed == counts.Total;
        if (IsOver(job) && !byPerson) return allDone && job != JobStatus.Completed ? JobStatus.Completed : null;
        var next = to switch
        {
            TaskStatus.Active => Activated(job),
            TaskStatus.SoftFailed => PauseCheck(job, counts) ?? Activated(job),
            TaskStatus.Completed when allDone => JobStatus.Completed,
            TaskStatus.Failed when TooManyFailed(counts) => JobStatus.Failed,
            TaskStatus.Completed or TaskStatus.Failed => PauseCheck(job, counts) ?? Settled(counts) ?? Started(job),
            TaskStatus.Canceled when counts.Active + counts.Queued + counts.SoftFailed == 0 => JobStatus.Canceled,
            TaskStatus.Canceled or TaskStatus.Paused or TaskStatus.Pended => PauseCheck(job, counts),
            TaskStatus.Queued => Reopened(job, counts),
            _ => null,
        };
        return next == job ? null : next;
    }

    /// <summary>
    /// The status that a job takes when everything that is left of it waits for tasks that will never be done, or null when it goes on: below
    /// the failing percentage the job would otherwise look busy for ever.
    /// </summary>
    /// <param name="job">The status of the job.</param>
    /// <param name="counts">Its tasks.</param>
    /// <param name="anyReady">Whether a task of it could be handed out now.</param>
    public static JobStatus? Stuck(JobStatus job, TaskCounts counts, bool anyReady)
    {
        if (anyReady || !job.HandsOutTasks() || counts.Active + counts.Paused + counts.Pended > 0) return null;
        return counts.Failed > 0 ? JobStatus.Failed : counts.Canceled > 0 ? JobStatus.CancelRequested : null;
    }

    /// <summary>The status that a job takes when a person asks for <paramref name="asked"/>: mostly that one.</summary>
    /// <param name="asked">What the person asks for.</param>
    /// <param name="counts">The tasks of the job.</param>
    public static JobStatus Asked(JobStatus asked, TaskCounts counts) =>
        asked == JobStatus.Queued && counts.Total > 0 && counts.Completed == counts.Total ? JobStatus.Completed : asked;

    /// <summary>The change of its tasks that a job starts when its status goes from one to another, or null.</summary>
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
    /// The status that a job takes once a bulk update is done, or null when it stays: also when someone meanwhile asked for another one.
    /// </summary>
    public static JobStatus? AfterBulkUpdate(BulkUpdate change, JobStatus job, TaskCounts counts) => change switch
    {
        BulkUpdate.Cancel when job == JobStatus.CancelRequested => JobStatus.Canceled,
        BulkUpdate.Pause => PauseCheck(job, counts),
        BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished when job == JobStatus.Requeueing
            => counts.Completed == counts.Total ? JobStatus.Completed : JobStatus.Queued,
        BulkUpdate.Resume when job.HandsOutTasks() => counts.Completed == counts.Total ? JobStatus.Completed : Settled(counts),
        _ => null,
    };

    /// <summary>The status that a paused job takes when it goes on.</summary>
    public static JobStatus Resumed(TaskCounts counts) => counts.Completed + counts.Active > 0 ? JobStatus.Active : JobStatus.Queued;

    /// <summary>Whether nothing of a job runs or will be handed out, and something of it is left: it hands out nothing, or its tasks are held.</summary>
    public static bool IsHeld(JobStatus job, TaskCounts counts)
    {
        var waiting = counts.Queued + counts.SoftFailed;
        if (counts.Active > 0 || (waiting > 0 && (job.HandsOutTasks() || job == JobStatus.Requeueing))) return false;
        return waiting + counts.Paused + counts.Canceled > 0;
    }

    /// <summary>
    /// The status that a job takes after a command to some of its tasks: the one that says best what they are at. A pause that someone asked for holds as long as the command queues nothing.
    /// </summary>
    /// <param name="job">The status of the job before.</param>
    /// <param name="command">What was commanded.</param>
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

    /// <summary>Whether a job may fail because nobody is left to do one of its tasks: not when it is over, or about to be something else.</summary>
    public static bool CanFail(JobStatus job) =>
        job is JobStatus.Queued or JobStatus.Active or JobStatus.PauseRequested or JobStatus.Paused;

    /// <summary>Whether a job has ended: completed, failed or canceled.</summary>
    public static bool IsOver(JobStatus job) => job is JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled;

    /// <summary>The status of a task that its worker returns: queued, or paused when its job is (section 4.3).</summary>
    public static TaskStatus RequeuedTaskStatus(JobStatus job) =>
        job is JobStatus.PauseRequested or JobStatus.Paused ? TaskStatus.Paused : TaskStatus.Queued;

    /// <summary>A pause that someone asked for is not undone by a task that still runs or fails softly.</summary>
    private static JobStatus? Activated(JobStatus job) =>
        job is JobStatus.Active or JobStatus.PauseRequested or JobStatus.Paused ? null : JobStatus.Active;

    private static JobStatus? Started(JobStatus job) => job == JobStatus.Queued ? JobStatus.Active : null;

    /// <summary>Nothing is left to do, but not everything was done: the job would otherwise look busy for ever.</summary>
    private static JobStatus? Settled(TaskCounts counts) =>
        counts.Total > counts.Completed + counts.Failed + counts.Canceled ? null
        : counts.Failed > 0 ? JobStatus.Failed
        : JobStatus.Canceled;

    private static JobStatus? PauseCheck(JobStatus job, TaskCounts counts) =>
        job == JobStatus.PauseRequested && counts.Active == 0 ? JobStatus.Paused : null;

    private static bool TooManyFailed(TaskCounts counts) => counts.Failed * 100 / counts.Total >= FailingPercentage;

    /// <summary>
    /// A task of a job that was over waits again, so the job does. Only that task is queued: re-rendering a whole job for one bad frame
    /// is what Contracts/Flamenco/Contract.md section 12.11 counts among the weaknesses of the original.
    /// </summary>
    private static JobStatus? Reopened(JobStatus job, TaskCounts counts) => job switch
    {
        JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled => Resumed(counts),
        JobStatus.PauseRequested => PauseCheck(job, counts),
        _ => null,
    };

    private static bool Queues(TaskCommand command) =>
        command is TaskCommand.Requeue or TaskCommand.Resume or TaskCommand.ResumeFailed or TaskCommand.ReleasePending;
}
