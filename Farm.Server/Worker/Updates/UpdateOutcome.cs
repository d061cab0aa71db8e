namespace Farm.Server.Worker.Updates;

/// <summary>The outcome of sending an update.</summary>
internal enum UpdateOutcome
{
    /// <summary>The manager accepted it.</summary>
    Delivered,

    /// <summary>The manager did not answer; the update waits.</summary>
    Kept,

    /// <summary>The manager refused it; it was logged and dropped.</summary>
    Refused,

    /// <summary>The task is no longer this worker's (409).</summary>
    TaskGone,
}
