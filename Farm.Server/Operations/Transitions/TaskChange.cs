using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>A change of the status of tasks, and what goes with it beside what <see cref="TaskEffects"/> says.</summary>
/// <param name="To">The new status.</param>
/// <param name="Cause">Why.</param>
internal sealed record TaskChange(TaskStatus To, TaskCause Cause)
{
    /// <summary>A digest of the report that ends the attempt; null when no report does. For a single task only.</summary>
    public byte[]? Report { get; init; }

    /// <summary>Steps done, as the worker reports them; null keeps them. For a single task only.</summary>
    public int? Steps { get; init; }

    /// <summary>What people read beside the task; null keeps that.</summary>
    public string? Activity { get; init; }

    /// <summary>A line for the task's log that says why, without a time; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is forgotten who failed the tasks.</summary>
    public bool ForgetsFailures { get; init; }

    /// <summary>Who takes the task, when it is handed out; null otherwise.</summary>
    public TaskHolder? Holder { get; init; }
}

/// <summary>A worker that takes tasks.</summary>
/// <param name="Id">The worker.</param>
/// <param name="Uuid">The same as clients see it.</param>
/// <param name="BatchId">The batch in which it takes them; null for none.</param>
internal sealed record TaskHolder(long Id, Guid Uuid, long? BatchId = null);
