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

/// <summary>How the standing of a job follows from its tasks, and its status after a command to single tasks from both.</summary>
internal static class DeadlineJobStatusRules
{
    /// <summary>The standing of a job.</summary>
    /// <param name="job">Its status: tasks that wait in a job which hands out nothing are held, whatever they are themselves.</param>
    /// <param name="counts">Its tasks. Canceled ones count as suspended.</param>
    public static DeadlineJobStatus Of(JobStatus job, TaskCounts counts)
    {
        if (job == JobStatus.UnderConstruction) return DeadlineJobStatus.Unknown;
        var waiting = counts.Queued + counts.SoftFailed;
        if (counts.Active > 0 || (waiting > 0 && (job.HandsOutTasks() || job == JobStatus.Requeueing))) return DeadlineJobStatus.Active;
        if (waiting + counts.Paused + counts.Canceled > 0) return DeadlineJobStatus.Suspended;
        if (counts.Pended > 0) return DeadlineJobStatus.Pending;
        if (counts.Failed > 0) return DeadlineJobStatus.Failed;
        return DeadlineJobStatus.Completed;
    }

    /// <summary>
    /// The status that a job takes after a command to some of its tasks: the one that comes nearest to their standing. Suspended and pending
    /// are both <c>paused</c>. A pause that someone asked for holds as long as the command queues nothing.
    /// </summary>
    /// <param name="job">The status of the job before.</param>
    /// <param name="command">What was commanded.</param>
    /// <param name="counts">The tasks of the job after the command.</param>
    public static JobStatus After(JobStatus job, TaskCommand command, TaskCounts counts)
    {
        var isHeld = job is JobStatus.Paused or JobStatus.PauseRequested;
        if (counts.Queued + counts.SoftFailed > 0) return isHeld && !Queues(command) ? job : JobRules.Resumed(counts);
        if (counts.Active > 0) return job == JobStatus.PauseRequested ? job : JobStatus.Active;
        if (counts.Paused + counts.Pended > 0) return JobStatus.Paused;
        if (counts.Failed > 0) return JobStatus.Failed;
        return counts.Canceled > 0 ? JobStatus.Canceled : JobStatus.Completed;
    }

    private static bool Queues(TaskCommand command) =>
        command is TaskCommand.Requeue or TaskCommand.Resume or TaskCommand.ResumeFailed or TaskCommand.ReleasePending;
}
