namespace Farm.Dashboard.Ports;

/// <summary>The kind of a change, which decides what <see cref="FarmChange.Id"/> is.</summary>
public enum FarmChangeKind
{
    /// <summary>Changes may have been missed: read everything again. The id is empty.</summary>
    Everything,

    /// <summary>A job or one of its tasks was created, changed or deleted. The job's id.</summary>
    Job,

    /// <summary>A worker was created, changed or deleted, or has another task. The worker's id. Heartbeats need not be reported.</summary>
    Worker,

    /// <summary>A task's log grew. The task's id.</summary>
    Log,

    /// <summary>A job has a newer image. The job's id.</summary>
    Image,

    /// <summary>Job types or their template files changed. The id is empty.</summary>
    JobTypes,

    /// <summary>The managers of the farm changed, or another one leads. The id is empty.</summary>
    Managers,

    /// <summary>Something was added to the audit. The id is empty.</summary>
    Audit,
}

/// <summary>Says that an object changed; components read it again.</summary>
public readonly record struct FarmChange(FarmChangeKind Kind, Guid Id);

/// <summary>Reports changes of the farm after they are on disk.</summary>
public interface IFarmChanges
{
    /// <summary>
    /// The changes from now on, until canceled. A reader that falls behind gets one <see cref="FarmChangeKind.Everything"/> instead of what it missed.
    /// </summary>
    IAsyncEnumerable<FarmChange> WatchAsync(CancellationToken cancellationToken);
}
