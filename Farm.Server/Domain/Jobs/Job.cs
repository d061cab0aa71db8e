using Farm.Server.Domain.Tasks;

namespace Farm.Server.Domain.Jobs;

/// <summary>The properties of a job that the rules need.</summary>
internal sealed record Job
{
    /// <summary>The numeric id, used by the store and some contracts.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>Current status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Higher runs first.</summary>
    public required int Priority { get; init; }

    /// <summary>The required worker tag; null for any worker.</summary>
    public long? WorkerTagId { get; init; }

    /// <summary>The bulk update in progress; null if there is none.</summary>
    public BulkUpdate? BulkUpdate { get; init; }

    /// <summary>Whether tasks can be added at any time, so that only people end it (<see cref="OpenJobRules"/>).</summary>
    public bool StaysOpen { get; init; }

    /// <summary>The kind of job, defined by a protocol; empty for ordinary jobs.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The rules for its status.</summary>
    public JobLifecycle Lifecycle => StaysOpen ? JobLifecycle.Open : JobLifecycle.Closed;

    /// <summary>Number of tasks in each status.</summary>
    public required TaskCounts Tasks { get; init; }
}
