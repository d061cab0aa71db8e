namespace Farm.Server.Operations.Reading;

/// <summary>A worker as it is named beside something else.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Address">The address that it was last seen from.</param>
internal sealed record WorkerName(Guid Uuid, string Name, string Address);

/// <summary>A task in a list. Times are unix milliseconds.</summary>
internal record TaskSummary
{
    /// <summary>The small integer.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it is at.</summary>
    public required TaskStatus Status { get; init; }

    /// <summary>Its place in the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its priority in the job; higher goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>What a worker must support to do it.</summary>
    public required string Type { get; init; }

    /// <summary>When it last changed.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Steps done.</summary>
    public required int StepsCompleted { get; init; }

    /// <summary>Steps in all.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>What people read beside it.</summary>
    public required string Activity { get; init; }

    /// <summary>The worker that has it, or had it last; null when none ever did.</summary>
    public WorkerName? Worker { get; init; }
}

/// <summary>Everything about a task but its log. Times are unix milliseconds.</summary>
internal sealed record TaskDetails : TaskSummary
{
    /// <summary>Its job.</summary>
    public required Guid Job { get; init; }

    /// <summary>When its job was submitted, and so the task.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it was last heard of from a worker; null when never.</summary>
    public long? TouchedAt { get; init; }

    /// <summary>Its commands as JSON, variables unexpanded.</summary>
    public required string Commands { get; init; }

    /// <summary>The workers that failed it.</summary>
    public required IReadOnlyList<WorkerName> FailedBy { get; init; }
}
