namespace Farm.Server.Domain.Events;

/// <summary>The kind of object that changed.</summary>
internal enum FarmEventKind
{
    /// <summary>A job was submitted, changed or removed.</summary>
    Job,

    /// <summary>A task changed; the event also names its job, and the worker that received or lost the task.</summary>
    Task,

    /// <summary>Many tasks of a job changed at once.</summary>
    Tasks,

    /// <summary>Text was added to the log of a task; the event also names its job.</summary>
    TaskLog,

    /// <summary>A worker was registered, changed or removed, or lost tasks in a change of many tasks.</summary>
    Worker,

    /// <summary>A job has a new last-rendered image.</summary>
    LastRendered,

    /// <summary>Job types were added, changed or removed, or a template is broken; the event has no ids.</summary>
    JobTypes,

    /// <summary>The managers of the farm changed, or another one leads; the event has no ids.</summary>
    Managers,

    /// <summary>Replaces events that a slow listener or the connection to other managers missed. Anything may have changed.</summary>
    Missed,

    /// <summary>Something was added to the audit; the event has no ids.</summary>
    Audit,
}

/// <summary>A committed change. It carries only ids; listeners read the current state.</summary>
/// <param name="Kind">The kind of object that changed.</param>
/// <param name="Job">The job, if any.</param>
/// <param name="Task">The task, if it is a single one.</param>
/// <param name="Worker">The worker, if any.</param>
internal readonly record struct FarmEvent(FarmEventKind Kind, Guid? Job = null, Guid? Task = null, Guid? Worker = null);
