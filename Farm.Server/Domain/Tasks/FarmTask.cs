namespace Farm.Server.Domain.Tasks;

/// <summary>A task.</summary>
internal sealed record FarmTask
{
    /// <summary>The numeric id, used by the store and some contracts.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Its job.</summary>
    public required long JobId { get; init; }

    /// <summary>The UUID of its job.</summary>
    public required Guid JobUuid { get; init; }

    /// <summary>Its stage.</summary>
    public required long StageId { get; init; }

    /// <summary>Index in the job, from 0; dense and never changed.</summary>
    public required int Index { get; init; }

    /// <summary>The display name, such as <c>render-1-5</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Current status.</summary>
    public required TaskStatus Status { get; init; }

    /// <summary>Completed steps.</summary>
    public required int StepsCompleted { get; init; }

    /// <summary>Total steps.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>The attempt that holds it; null if none does.</summary>
    public long? AttemptId { get; init; }

    /// <summary>The worker that holds it or held it last.</summary>
    public long? WorkerId { get; init; }

    /// <summary>The UUID of that worker.</summary>
    public Guid? WorkerUuid { get; init; }

    /// <summary>Number of timeouts.</summary>
    public required int Timeouts { get; init; }

    /// <summary>Whether a worker holds it now. Without an attempt id, any attempt of the worker counts.</summary>
    public bool IsHeldBy(long workerId, long? attemptId) =>
        AttemptId is { } current && WorkerId == workerId && (attemptId ?? current) == current;
}
