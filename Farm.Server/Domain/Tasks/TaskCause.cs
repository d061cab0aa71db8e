namespace Farm.Server.Domain.Tasks;

/// <summary>Why a task changes its status.</summary>
internal enum TaskCause
{
    /// <summary>A worker takes it.</summary>
    HandOut,

    /// <summary>Its worker did it.</summary>
    Done,

    /// <summary>Its worker failed it.</summary>
    Failure,

    /// <summary>Its worker goes away, or reports that it does not do it.</summary>
    WorkerLeft,

    /// <summary>Its worker was not heard from for too long.</summary>
    WorkerLost,

    /// <summary>The task got no update for too long, or its worker kept it for longer than it may.</summary>
    Timeout,

    /// <summary>A person asked for it, of this task or of several.</summary>
    Person,

    /// <summary>Its job changed, and its tasks follow.</summary>
    Job,

    /// <summary>The farm gives it another chance: who failed it gets no more of its kind.</summary>
    Blocklist,
}
