namespace Farm.Server.Domain.Tasks;

/// <summary>How an attempt ended. The numbers are stored in the database: never renumber.</summary>
internal enum AttemptOutcome
{
    /// <summary>It has not ended.</summary>
    Running = 0,

    /// <summary>The worker reported the end of the task.</summary>
    Completed = 1,

    /// <summary>The worker reported a failure.</summary>
    Failed = 2,

    /// <summary>The worker left or returned the task.</summary>
    Returned = 3,

    /// <summary>The task or its worker timed out.</summary>
    TimedOut = 4,

    /// <summary>The task was taken from the worker: canceled, requeued, paused, or changed by a command.</summary>
    Revoked = 5,
}

/// <summary>One task assigned to one worker. Times are unix milliseconds.</summary>
/// <param name="Id">The numeric id.</param>
/// <param name="TaskId">The task.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="StartedAt">When the task was handed out.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Report">A digest of the report that ended it; null if no report did.</param>
internal sealed record Attempt(long Id, long TaskId, long WorkerId, long StartedAt, AttemptOutcome Outcome, byte[]? Report);
