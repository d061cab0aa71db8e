namespace Farm.Server.Worker.Updates;

/// <summary>What became of a report about a task.</summary>
internal enum UpdateOutcome
{
    /// <summary>The manager has it.</summary>
    Delivered,

    /// <summary>The manager could not be told yet; the report waits its turn.</summary>
    Kept,

    /// <summary>The manager will never take this report; it was logged and dropped.</summary>
    Refused,

    /// <summary>The task is no longer this worker's (409).</summary>
    TaskGone,
}
