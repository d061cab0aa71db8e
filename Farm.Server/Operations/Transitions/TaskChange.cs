using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>A change of the status of tasks, with values that do not follow from <see cref="TaskEffects"/>.</summary>
/// <param name="To">The new status.</param>
/// <param name="Cause">The cause.</param>
internal sealed record TaskChange(TaskStatus To, TaskCause Cause)
{
    /// <summary>A digest of the report that ends the attempt; null if no report does. For a single task only.</summary>
    public byte[]? Report { get; init; }

    /// <summary>Completed steps as reported by the worker; null keeps the old value. For a single task only.</summary>
    public int? Steps { get; init; }

    /// <summary>The activity text shown with the task; null keeps the old text.</summary>
    public string? Activity { get; init; }

    /// <summary>Text of the worker for the log of the attempt that ends; null for none. Not for tasks that change alike.</summary>
    public string? Output { get; init; }

    /// <summary>A line for the task's log that says why, without a time; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether to forget which workers failed the tasks.</summary>
    public bool ForgetsFailures { get; init; }

    /// <summary>The worker that receives the task when it is handed out; null otherwise.</summary>
    public TaskHolder? Holder { get; init; }
}

/// <summary>A worker that receives tasks.</summary>
/// <param name="Id">The worker.</param>
/// <param name="Uuid">The worker's id as seen by clients.</param>
/// <param name="BatchId">The batch of the tasks; null for none.</param>
internal sealed record TaskHolder(long Id, Guid Uuid, long? BatchId = null);
