using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>What the rules need to know of a job. Times are unix milliseconds.</summary>
internal sealed record Job
{
    /// <summary>The small integer that the store and some contracts use.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Current status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Higher goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>The tag that workers need for it; null when any worker will do.</summary>
    public long? WorkerTagId { get; init; }

    /// <summary>The bulk update in progress; null when there is none.</summary>
    public BulkUpdate? BulkUpdate { get; init; }

    /// <summary>Whether tasks are added to it as long as it lives, so that only people end it (<see cref="OpenJobRules"/>).</summary>
    public bool StaysOpen { get; init; }

    /// <summary>What kind of job it is, for whoever added the kind; empty for jobs that are nothing but jobs.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How its status follows from its tasks.</summary>
    public JobLifecycle Lifecycle => StaysOpen ? JobLifecycle.Open : JobLifecycle.Closed;

    /// <summary>How many tasks are in each status.</summary>
    public required TaskCounts Tasks { get; init; }
}
