using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations.Reading;

/// <summary>Everything about a job except its tasks, for people to look at. Times are unix milliseconds.</summary>
internal sealed record JobDetails
{
    /// <summary>The small integer; jobs are numbered in the order of their creation.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its job type.</summary>
    public required string Type { get; init; }

    /// <summary>What it is at.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Higher goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>Why it has its status.</summary>
    public required string Activity { get; init; }

    /// <summary>The platform that it was submitted from.</summary>
    public required string SubmitterPlatform { get; init; }

    /// <summary>The settings as the job type left them, a JSON object.</summary>
    public required string Settings { get; init; }

    /// <summary>Free text by name, a JSON object.</summary>
    public required string Metadata { get; init; }

    /// <summary>Where its files were checked out; null when they were not.</summary>
    public string? ShamanCheckoutId { get; init; }

    /// <summary>The tag that workers need; null when any worker will do.</summary>
    public Guid? WorkerTag { get; init; }

    /// <summary>When it was submitted.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it or one of its tasks last changed.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>When its last-rendered image was made; null when it has none.</summary>
    public long? LastRenderedAt { get; init; }

    /// <summary>When someone asked to remove it; null when nobody did.</summary>
    public long? DeleteRequestedAt { get; init; }

    /// <summary>Steps done, over all tasks.</summary>
    public required long StepsCompleted { get; init; }

    /// <summary>Steps in all.</summary>
    public required long StepsTotal { get; init; }

    /// <summary>How many tasks are in each status.</summary>
    public required TaskCounts Tasks { get; init; }
}
