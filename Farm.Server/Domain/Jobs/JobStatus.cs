namespace Farm.Server.Domain.Jobs;

/// <summary>
/// Status of a job (Contracts/Flamenco/Contract.md section 2). The numbers are stored in the database: never renumber.
/// </summary>
internal enum JobStatus
{
    /// <summary>Its tasks are still being written to the store.</summary>
    UnderConstruction = 0,

    /// <summary>Waits for a worker.</summary>
    Queued = 1,

    /// <summary>At least one task was handed out.</summary>
    Active = 2,

    /// <summary>A pause was requested; some tasks are still running.</summary>
    PauseRequested = 3,

    /// <summary>Hands out no tasks until it is resumed.</summary>
    Paused = 4,

    /// <summary>All tasks are completed.</summary>
    Completed = 5,

    /// <summary>Too many tasks failed.</summary>
    Failed = 6,

    /// <summary>Cancellation was requested; the tasks are being canceled.</summary>
    CancelRequested = 7,

    /// <summary>Will not be finished.</summary>
    Canceled = 8,

    /// <summary>Its tasks are being requeued.</summary>
    Requeueing = 9,
}

/// <summary>The names of job statuses.</summary>
internal static class JobStatusNames
{
    private static readonly string[] Names =
    [
        "under-construction", "queued", "active", "pause-requested", "paused",
        "completed", "failed", "cancel-requested", "canceled", "requeueing",
    ];

    /// <summary>The name of a status, such as <c>pause-requested</c>.</summary>
    public static string Name(this JobStatus status) => Names[(int)status];

    /// <summary>Parses a status name; false when it is unknown.</summary>
    public static bool TryParse(string? name, out JobStatus status)
    {
        var index = Array.IndexOf(Names, name);
        status = (JobStatus)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether tasks of a job in this status are handed out (Contracts/Flamenco/Contract.md section 4.6).</summary>
    public static bool HandsOutTasks(this JobStatus status) => status is JobStatus.Queued or JobStatus.Active;
}
