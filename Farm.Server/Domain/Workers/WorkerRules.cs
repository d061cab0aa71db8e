namespace Farm.Server.Domain.Workers;

/// <summary>How the status of a worker and its pending request change (Contracts/Flamenco/Contract.md sections 3 and 4.1).</summary>
internal static class WorkerRules
{
    /// <summary>The pending request after a new one: the newest wins, and requesting the current status clears it.</summary>
    public static StatusRequest? Requested(WorkerStatus current, StatusRequest requested) => requested.Status == current ? null : requested;

    /// <summary>Whether a status can be set directly on a worker that does not poll for requests.</summary>
    public static bool CanSetDirectly(WorkerStatus requested) => requested is WorkerStatus.Awake or WorkerStatus.Asleep;

    /// <summary>The pending request after the worker reported a status.</summary>
    public static StatusRequest? Acknowledged(StatusRequest? pending, WorkerStatus reported) =>
        pending is { } request && request.Status == reported ? null : pending;

    /// <summary>
    /// The status that a worker should change to after sign-on: the requested one, else the scheduled one, else awake (section 3.2).
    /// </summary>
    public static WorkerStatus StatusAfterSignOn(StatusRequest? pending, WorkerStatus? scheduled) => pending?.Status ?? scheduled ?? WorkerStatus.Awake;

    /// <summary>
    /// The state of a worker after its sleep schedule changes to <paramref name="status"/> (section 4.7): the status is requested
    /// immediately. A worker that was asked to go offline or restart, or that reported a problem, is left alone; one that timed out returns
    /// to the scheduled status.
    /// </summary>
    public static (WorkerStatus Status, StatusRequest? Request, WorkerStatus? TimedOutFrom) Scheduled(FarmWorker worker, WorkerStatus status, bool pollsForRequests)
    {
        if (!pollsForRequests) return (status, null, null);
        if (worker.Status == WorkerStatus.Error) return (worker.Status, worker.Request, worker.TimedOutFrom is null ? null : status);
        if (worker.Request is { Status: WorkerStatus.Offline or WorkerStatus.Restart }) return (worker.Status, worker.Request, worker.TimedOutFrom);
        return (worker.Status, Requested(worker.Status, new StatusRequest(status, Lazy: false)), worker.TimedOutFrom);
    }

    /// <summary>
    /// The pending request after sign-off: a request to go offline or restart is fulfilled by it. Unless another status is requested, the
    /// worker returns to its old status at the next sign-on (section 3.3).
    /// </summary>
    public static StatusRequest? SignedOff(WorkerStatus before, StatusRequest? pending)
    {
        if (pending is { Status: not (WorkerStatus.Offline or WorkerStatus.Restart) }) return pending;
        return before is WorkerStatus.Awake or WorkerStatus.Asleep ? new StatusRequest(before, Lazy: false) : null;
    }

    /// <summary>Whether a worker loses its tasks by a change of status (section 3.5).</summary>
    public static bool LosesTasks(WorkerStatus from, WorkerStatus to) => from == WorkerStatus.Awake && to != WorkerStatus.Awake;
}
