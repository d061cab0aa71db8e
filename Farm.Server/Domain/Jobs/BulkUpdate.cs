namespace Farm.Server.Domain.Jobs;

/// <summary>
/// A change of many tasks of a job. It may be too big for one transaction, so it runs in slices and is stored with the job to continue
/// after a crash. The numbers are stored in the database: never renumber.
/// </summary>
internal enum BulkUpdate
{
    /// <summary>The tasks are being written for the first time.</summary>
    Construct = 1,

    /// <summary>Cancels unfinished tasks, then the job.</summary>
    Cancel = 2,

    /// <summary>Cancels unfinished tasks; the job stays failed.</summary>
    Fail = 3,

    /// <summary>Pauses waiting tasks, then the job when no task runs.</summary>
    Pause = 4,

    /// <summary>Requeues canceled, failed, paused and soft-failed tasks, then the job.</summary>
    RequeueUnfinished = 5,

    /// <summary>Requeues all tasks, then the job.</summary>
    RequeueAll = 6,

    /// <summary>Removes the job and all its data.</summary>
    Delete = 7,

    /// <summary>Requeues paused tasks; the job hands out tasks meanwhile.</summary>
    Resume = 8,
}

/// <summary>Which tasks a bulk update changes, and to which status.</summary>
internal static class BulkUpdateRules
{
    /// <summary>
    /// The new status of a task in <paramref name="status"/>; null if it does not change (Contracts/Flamenco/Contract.md section 4.2,
    /// "After a job changed to").
    /// </summary>
    public static TaskStatus? TaskBecomes(this BulkUpdate change, TaskStatus status) => change switch
    {
        BulkUpdate.Cancel or BulkUpdate.Fail when status is TaskStatus.Active or TaskStatus.Queued or TaskStatus.SoftFailed
            => TaskStatus.Canceled,
        BulkUpdate.Pause when status is TaskStatus.Queued or TaskStatus.SoftFailed => TaskStatus.Paused,
        BulkUpdate.RequeueUnfinished when status is TaskStatus.Canceled or TaskStatus.Failed or TaskStatus.Paused or TaskStatus.SoftFailed
            => TaskStatus.Queued,
        BulkUpdate.Resume when status == TaskStatus.Paused => TaskStatus.Queued,
        BulkUpdate.RequeueAll when status is not TaskStatus.Queued => TaskStatus.Queued,
        _ => null,
    };

    /// <summary>
    /// Whether the update stops because its job got another status: whoever reopens a job while its tasks are being canceled or paused
    /// wants the rest to run.
    /// </summary>
    public static bool StopsWhen(this BulkUpdate change, JobStatus job) =>
        change is BulkUpdate.Cancel or BulkUpdate.Fail or BulkUpdate.Pause && job.HandsOutTasks();

    /// <summary>Whether the update forgets which workers failed the tasks.</summary>
    public static bool ForgetsFailures(this BulkUpdate change) => change is BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished;
}
