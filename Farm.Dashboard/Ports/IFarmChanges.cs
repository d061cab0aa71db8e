namespace Farm.Dashboard.Ports;

/// <summary>What kind of thing changed, and so what <see cref="FarmChange.Id"/> is.</summary>
public enum FarmChangeKind
{
    /// <summary>Changes may have been missed: read again what is on the screen. The id is empty.</summary>
    Everything,

    /// <summary>A job, or any of its tasks, was made, changed or deleted. The job's id.</summary>
    Job,

    /// <summary>A worker was made, changed or deleted, or has another task. The worker's id. Bare signs of life need not be told.</summary>
    Worker,

    /// <summary>A task's log grew. The task's id.</summary>
    Log,

    /// <summary>A job has a newer image. The job's id.</summary>
    Image,

    /// <summary>Job types came, changed or went, or the file of one is broken now. The id is empty.</summary>
    JobTypes,
}

/// <summary>Says that something changed, not how: whoever shows it reads it again.</summary>
public readonly record struct FarmChange(FarmChangeKind Kind, Guid Id);

/// <summary>Tells what changes in the farm, after it is on disk.</summary>
public interface IFarmChanges
{
    /// <summary>
    /// The changes from now on, until canceled. A watcher that falls behind is never waited for: what it missed is replaced by one
    /// <see cref="FarmChangeKind.Everything"/>.
    /// </summary>
    IAsyncEnumerable<FarmChange> WatchAsync(CancellationToken cancellationToken);
}
