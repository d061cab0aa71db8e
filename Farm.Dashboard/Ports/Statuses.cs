namespace Farm.Dashboard.Ports;

/// <summary>The status of a job.</summary>
public enum JobStatus
{
    UnderConstruction,
    Queued,
    Active,
    PauseRequested,
    Paused,
    CancelRequested,
    Canceled,
    Requeueing,
    Completed,
    Failed,
}

/// <summary>The status of a task.</summary>
public enum TaskStatus
{
    Queued,
    Pended,
    Active,
    SoftFailed,
    Paused,
    Completed,
    Failed,
    Canceled,
}

/// <summary>The status of a worker.</summary>
public enum WorkerStatus
{
    Starting,
    Awake,
    Asleep,
    Testing,
    Restart,
    Error,
    Offline,
}
