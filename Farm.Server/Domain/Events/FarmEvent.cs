namespace Farm.Server.Domain.Events;

/// <summary>What kind of thing changed.</summary>
internal enum FarmEventKind
{
    /// <summary>A job was submitted, changed or removed.</summary>
    Job,

    /// <summary>A task changed; the event names its job too, and the worker that got or lost the task.</summary>
    Task,

    /// <summary>Many tasks of a job changed at once.</summary>
    Tasks,

    /// <summary>Text was added to the log of a task; the event names its job too.</summary>
    TaskLog,

    /// <summary>A worker was registered, changed or removed, or lost tasks to a change of many of them.</summary>
    Worker,

    /// <summary>A job has a new last-rendered image.</summary>
    LastRendered,

    /// <summary>Job types came, changed or went, or a template is broken now; the event names nothing.</summary>
    JobTypes,

    /// <summary>
    /// Never published: it replaces the events that a listener missed because it was too slow. Anything may have changed.
    /// </summary>
    Missed,
}

/// <summary>Something changed, is on disk, and can be read again. It carries no state: readers ask for what they need.</summary>
/// <param name="Kind">What kind of thing changed.</param>
/// <param name="Job">The job concerned, if one is.</param>
/// <param name="Task">The task concerned, if a single one is.</param>
/// <param name="Worker">The worker concerned, if one is.</param>
internal readonly record struct FarmEvent(FarmEventKind Kind, Guid? Job = null, Guid? Task = null, Guid? Worker = null);
