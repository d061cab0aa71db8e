namespace Farm.Server.Domain.Tasks;

/// <summary>Why the status of a task changes.</summary>
internal enum TaskCause
{
    /// <summary>It is handed to a worker.</summary>
    HandOut,

    /// <summary>Its worker completed it.</summary>
    Done,

    /// <summary>Its worker failed it.</summary>
    Failure,

    /// <summary>Its worker leaves or returns it.</summary>
    WorkerLeft,

    /// <summary>Its worker timed out.</summary>
    WorkerLost,

    /// <summary>It got no update for too long, or was held for longer than allowed.</summary>
    Timeout,

    /// <summary>A person requested it, for this task or for several.</summary>
    Person,

    /// <summary>Its job changed, and its tasks follow.</summary>
    Job,

    /// <summary>It is retried, because the worker that failed it is now blocked.</summary>
    Blocklist,
}
