namespace Farm.Dashboard.Ports;

/// <summary>
/// Actions on the farm. A method returns when the change is on disk, or throws <see cref="FarmActionException"/> and changes nothing.
/// </summary>
public interface IFarmActions
{
    /// <summary>Pauses a job after its active tasks (job status <c>pause-requested</c>).</summary>
    Task PauseJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Resumes a paused job: its paused tasks are queued again.</summary>
    Task ResumeJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Cancels the job, active tasks included (<c>cancel-requested</c>).</summary>
    Task CancelJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Queues a job's tasks again (<c>requeueing</c>): all of them if it was completed, else those that are not completed. Clears failures and blocklist.
    /// </summary>
    Task RequeueJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Sets the priority, 0 to 100.</summary>
    Task SetJobPriorityAsync(Guid jobId, int priority, CancellationToken cancellationToken);

    /// <summary>Queues one task again and clears its failures.</summary>
    Task RequeueTaskAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>Cancels one task, active or not.</summary>
    Task CancelTaskAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>
    /// Requests a status of a worker. It replaces an earlier request; requesting the current status withdraws it.
    /// </summary>
    Task RequestAsync(Guid workerId, WorkerRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a code with which workers get tasks at once, for a week. It is shown only now.</summary>
    Task<string> MakeJoinCodeAsync(CancellationToken cancellationToken);

    /// <summary>Lets a worker get tasks that somebody registered who may not.</summary>
    Task ApproveWorkerAsync(Guid workerId, CancellationToken cancellationToken);
}

/// <summary>An action was refused. The message says in one sentence what was not done and why.</summary>
public sealed class FarmActionException(string message) : Exception(message);
