using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Server.Contracts.Deadline.Domain;

/// <summary>What the tasks of a job add up to (Contracts/Deadline/Contract.md section 4.4).</summary>
internal enum DeadlineJobStatus
{
    /// <summary>Its tasks are still being written.</summary>
    Unknown,

    /// <summary>A task runs, or will be handed out.</summary>
    Active,

    /// <summary>Nothing runs, and a task is held.</summary>
    Suspended,

    /// <summary>Nothing runs, and a task waits to be released.</summary>
    Pending,

    /// <summary>Nothing is left to do, and a task failed.</summary>
    Failed,

    /// <summary>Everything is done.</summary>
    Completed,
}

/// <summary>How the status that Deadline shows follows from a job and its tasks.</summary>
internal static class DeadlineJobStatusRules
{
    /// <summary>The status that Deadline shows.</summary>
    /// <param name="job">Its status: tasks that wait in a job which hands out nothing are held, whatever they are themselves.</param>
    /// <param name="counts">Its tasks. Canceled ones count as suspended.</param>
    public static DeadlineJobStatus Of(JobStatus job, TaskCounts counts)
    {
        if (job == JobStatus.UnderConstruction) return DeadlineJobStatus.Unknown;
        if (JobRules.IsHeld(job, counts)) return DeadlineJobStatus.Suspended;
        if (counts.Active + counts.Queued + counts.SoftFailed > 0) return DeadlineJobStatus.Active;
        if (counts.Pended > 0) return DeadlineJobStatus.Pending;
        if (counts.Failed > 0) return DeadlineJobStatus.Failed;
        return DeadlineJobStatus.Completed;
    }
}
