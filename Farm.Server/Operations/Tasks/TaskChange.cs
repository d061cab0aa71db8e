using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>A change of the status of one task, and what goes with it.</summary>
/// <param name="To">The new status.</param>
internal sealed record TaskChange(TaskStatus To)
{
    /// <summary>How the attempt that holds the task ends, if one does.</summary>
    public AttemptOutcome Outcome { get; init; } = AttemptOutcome.TakenAway;

    /// <summary>A digest of the report that ends the attempt; null when no report does.</summary>
    public byte[]? Report { get; init; }

    /// <summary>Steps done; null keeps them. Some statuses say themselves how many are done.</summary>
    public int? Steps { get; init; }

    /// <summary>What people read beside the task; null keeps that.</summary>
    public string? Activity { get; init; }

    /// <summary>A line for the task's log that says why, without a time; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a person asked for it: only that opens a job again which was over.</summary>
    public bool ByPerson { get; init; }

    /// <summary>Whether this counts as an error of the task.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether this counts as a timeout of the task.</summary>
    public bool IsTimeout { get; init; }
}
