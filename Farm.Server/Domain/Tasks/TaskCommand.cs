namespace Farm.Server.Domain.Tasks;

/// <summary>A command of a person to single tasks that does not change other tasks (Contracts/Deadline/Contract.md section 4).</summary>
internal enum TaskCommand
{
    /// <summary>Requeue it, whatever its status.</summary>
    Requeue,

    /// <summary>Mark it as completed.</summary>
    Complete,

    /// <summary>Hold it and discard its progress.</summary>
    Suspend,

    /// <summary>Hold it unless a worker is running it.</summary>
    SuspendNonRendering,

    /// <summary>Mark it as failed.</summary>
    Fail,

    /// <summary>Requeue it if it failed.</summary>
    ResumeFailed,

    /// <summary>Hold it until it is released.</summary>
    Pend,

    /// <summary>Queue it if it was pended.</summary>
    ReleasePending,

    /// <summary>Queue it if it was suspended.</summary>
    Resume,
}

/// <summary>Which tasks a command changes, and to which status.</summary>
internal static class TaskCommandRules
{
    /// <summary>
    /// The new status of a task in <paramref name="status"/>; null if it does not change (Contracts/Deadline/Contract.md section 4.1).
    /// There, a soft-failed task counts as queued and a canceled one as suspended.
    /// </summary>
    public static TaskStatus? Becomes(this TaskCommand command, TaskStatus status) => command switch
    {
        TaskCommand.Requeue when !status.IsReady() => TaskStatus.Queued,
        TaskCommand.Complete when status != TaskStatus.Completed => TaskStatus.Completed,
        TaskCommand.Suspend when status.IsReady() || status is TaskStatus.Active or TaskStatus.Pended => TaskStatus.Paused,
        TaskCommand.SuspendNonRendering when status.IsReady() || status == TaskStatus.Pended => TaskStatus.Paused,
        TaskCommand.Fail when status is not (TaskStatus.Completed or TaskStatus.Failed) => TaskStatus.Failed,
        TaskCommand.ResumeFailed when status == TaskStatus.Failed => TaskStatus.Queued,
        TaskCommand.Pend when status.IsReady() || status == TaskStatus.Active => TaskStatus.Pended,
        TaskCommand.ReleasePending when status == TaskStatus.Pended => TaskStatus.Queued,
        TaskCommand.Resume when status is TaskStatus.Paused or TaskStatus.Canceled => TaskStatus.Queued,
        _ => null,
    };

    /// <summary>Whether the command forgets which workers failed the tasks.</summary>
    public static bool ForgetsFailures(this TaskCommand command) => command is TaskCommand.Requeue or TaskCommand.ResumeFailed;

    /// <summary>Whether the command resumes a held job.</summary>
    public static bool ResumesJob(this TaskCommand command) => command is TaskCommand.Requeue or TaskCommand.Resume;

    /// <summary>Whether the command is rejected for tasks of a suspended job (Contracts/Deadline/Contract.md section 3.2).</summary>
    public static bool NeedsRunningJob(this TaskCommand command) => command is TaskCommand.Pend or TaskCommand.ReleasePending;
}
