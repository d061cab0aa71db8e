namespace Farm.Dashboard.Ports;

/// <summary>What a job is doing, in the farm's words.</summary>
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

/// <summary>What a task is doing, in the farm's words.</summary>
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

/// <summary>What a worker said, or the farm found out, that it is doing.</summary>
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
