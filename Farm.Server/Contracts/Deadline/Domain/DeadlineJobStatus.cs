using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Server.Contracts.Deadline.Domain;

/// <summary>The status of a job in Deadline (Contracts/Deadline/Contract.md section 4.4).</summary>
internal enum DeadlineJobStatus
{
    /// <summary>Its tasks are still being created.</summary>
    Unknown,

    /// <summary>A task is running or queued.</summary>
    Active,

    /// <summary>No task is running, and one is suspended.</summary>
    Suspended,

    /// <summary>No task is running, and one is pending.</summary>
    Pending,

    /// <summary>All tasks are finished, and one failed.</summary>
    Failed,

    /// <summary>All tasks are completed.</summary>
    Completed,
}

/// <summary>Derives Deadline's job status.</summary>
internal static class DeadlineJobStatusRules
{
    /// <summary>Deadline's status of a job.</summary>
    /// <param name="job">The farm's job status. Waiting tasks of a paused job count as suspended.</param>
    /// <param name="counts">The task counts. Canceled tasks count as suspended.</param>
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
