namespace Farm.Server.Domain.Jobs;

/// <summary>
/// A change of many tasks of one job, which may be too big for one transaction: it runs in slices and is stored with the job,
/// so that it goes on after a crash. The numbers are stored in the database: never renumber.
/// </summary>
internal enum BulkUpdate
{
    /// <summary>The tasks are being written for the first time.</summary>
    Construct = 1,

    /// <summary>Tasks that are not over become canceled, then the job.</summary>
    Cancel = 2,

    /// <summary>Tasks that are not over become canceled; the job stays failed.</summary>
    Fail = 3,

    /// <summary>Tasks that wait become paused, then the job once nothing runs.</summary>
    Pause = 4,

    /// <summary>Canceled, failed, paused and soft-failed tasks are queued again, then the job.</summary>
    RequeueUnfinished = 5,

    /// <summary>All tasks are queued again, then the job.</summary>
    RequeueAll = 6,

    /// <summary>The job and everything of it is removed.</summary>
    Delete = 7,

    /// <summary>Paused tasks are queued again; the job hands out tasks meanwhile.</summary>
    Resume = 8,
}

/// <summary>Which tasks a bulk update touches and what they become.</summary>
internal static class BulkUpdateRules
{
    /// <summary>
    /// The status that a task in <paramref name="status"/> takes in this change, or null when it is left alone
    /// (Contracts/Flamenco/Contract.md section 4.2, "After a job changed to").
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
    /// Whether the change ends early because its job took another status: a person who opens a job again whose tasks are being taken from the queue
    /// wants what is left to run.
    /// </summary>
    public static bool StopsWhen(this BulkUpdate change, JobStatus job) =>
        change is BulkUpdate.Cancel or BulkUpdate.Fail or BulkUpdate.Pause && job.HandsOutTasks();

    /// <summary>Whether the tasks are given another chance, so that who failed them is forgotten.</summary>
    public static bool ForgetsFailures(this BulkUpdate change) => change is BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished;
}
