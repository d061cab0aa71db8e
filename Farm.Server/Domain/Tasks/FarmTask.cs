namespace Farm.Server.Domain.Tasks;

/// <summary>A task as the store knows it. Times are unix milliseconds.</summary>
internal sealed record FarmTask
{
    /// <summary>The small integer that the store and some contracts use.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The job it belongs to.</summary>
    public required long JobId { get; init; }

    /// <summary>The id of that job that clients see.</summary>
    public required Guid JobUuid { get; init; }

    /// <summary>The stage of the job it belongs to.</summary>
    public required long StageId { get; init; }

    /// <summary>Index in the job, from 0, dense, stable for the life of the job.</summary>
    public required int Index { get; init; }

    /// <summary>The name for people, such as <c>render-1-5</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Current status.</summary>
    public required TaskStatus Status { get; init; }

    /// <summary>Steps done so far.</summary>
    public required int StepsCompleted { get; init; }

    /// <summary>Steps in all.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>The attempt that holds it; null while nobody does.</summary>
    public long? AttemptId { get; init; }

    /// <summary>The worker that holds it, or had it last.</summary>
    public long? WorkerId { get; init; }

    /// <summary>The id of that worker that clients see.</summary>
    public Guid? WorkerUuid { get; init; }

    /// <summary>How often it was taken from a worker because it was not touched for too long.</summary>
    public required int Timeouts { get; init; }

    /// <summary>Whether a worker holds it now. Where the attempt is not named, the task and worker decide.</summary>
    public bool IsHeldBy(long workerId, long? attemptId) =>
        AttemptId is { } current && WorkerId == workerId && (attemptId ?? current) == current;
}
