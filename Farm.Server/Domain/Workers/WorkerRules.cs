namespace Farm.Server.Domain.Workers;

/// <summary>How the status of a worker and the request slot beside it change (Contracts/Flamenco/Contract.md sections 3 and 4.1).</summary>
internal static class WorkerRules
{
    /// <summary>The slot after someone asked for a status: the newest wins, and asking for the present status empties it.</summary>
    public static StatusRequest? Requested(WorkerStatus present, StatusRequest asked) => asked.Status == present ? null : asked;

    /// <summary>Whether a worker that does not look for requests can be asked for a status.</summary>
    public static bool IsSoAtOnce(WorkerStatus asked) => asked is WorkerStatus.Awake or WorkerStatus.Asleep;

    /// <summary>The slot after the worker said that it is now in <paramref name="reported"/>.</summary>
    public static StatusRequest? Acknowledged(StatusRequest? slot, WorkerStatus reported) =>
        slot is { } request && request.Status == reported ? null : slot;

    /// <summary>
    /// What a worker that signs on is told to become: what was requested, else what its sleep schedule says now, else awake (section 3.2).
    /// </summary>
    public static WorkerStatus SignOnAnswer(StatusRequest? slot, WorkerStatus? scheduled) => slot?.Status ?? scheduled ?? WorkerStatus.Awake;

    /// <summary>
    /// What becomes of a worker when its sleep schedule says <paramref name="status"/> (section 4.7): it is asked for it at once. One that is about to go,
    /// because someone asked for that, is left alone, and so is one that has a problem; one that the farm put into error returns to what the schedule says.
    /// </summary>
    public static (WorkerStatus Status, StatusRequest? Request, WorkerStatus? TimedOutFrom) Scheduled(FarmWorker worker, WorkerStatus status, bool pollsForRequests)
    {
        if (!pollsForRequests) return (status, null, null);
        if (worker.Status == WorkerStatus.Error) return (worker.Status, worker.Request, worker.TimedOutFrom is null ? null : status);
        if (worker.Request is { Status: WorkerStatus.Offline or WorkerStatus.Restart }) return (worker.Status, worker.Request, worker.TimedOutFrom);
        return (worker.Status, Requested(worker.Status, new StatusRequest(status, Lazy: false)), worker.TimedOutFrom);
    }

    /// <summary>
    /// The slot after the worker signed off: a request to go is answered by going, and without a request the worker returns to
    /// what it was the next time (section 3.3).
    /// </summary>
    public static StatusRequest? SignedOff(WorkerStatus before, StatusRequest? slot)
    {
        if (slot is { Status: not (WorkerStatus.Offline or WorkerStatus.Restart) }) return slot;
        return before is WorkerStatus.Awake or WorkerStatus.Asleep ? new StatusRequest(before, Lazy: false) : null;
    }

    /// <summary>Whether the worker loses its tasks when it goes from one status to another (section 3.5).</summary>
    public static bool GivesTasksBack(WorkerStatus from, WorkerStatus to) => from == WorkerStatus.Awake && to != WorkerStatus.Awake;
}
