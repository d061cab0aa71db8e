namespace Farm.Dashboard.Ports;

/// <summary>
/// What people can do to the farm from a page. A method returns when the change is on disk and throws
/// <see cref="FarmActionException"/> when it was refused; then nothing changed.
/// </summary>
public interface IFarmActions
{
    /// <summary>Lets active tasks end and hands out no more (job status <c>pause-requested</c>).</summary>
    Task PauseJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Goes on with a paused job: its paused tasks are queued again, what is done stays done.</summary>
    Task ResumeJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Gives the job up, tasks in workers' hands included (<c>cancel-requested</c>).</summary>
    Task CancelJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Queues a job's tasks again (<c>requeueing</c>): all of them if it was completed, else those that are not completed. Clears failures and blocklist.
    /// </summary>
    Task RequeueJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Sets the priority, 0 to 100.</summary>
    Task SetJobPriorityAsync(Guid jobId, int priority, CancellationToken cancellationToken);

    /// <summary>Queues one task again and clears its failures.</summary>
    Task RequeueTaskAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>Gives one task up, in a worker's hands or not.</summary>
    Task CancelTaskAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>
    /// Asks a worker to change. The newest request replaces an earlier one; asking for what it is doing already withdraws it.
    /// </summary>
    Task RequestAsync(Guid workerId, WorkerRequest request, CancellationToken cancellationToken);
}

/// <summary>An action was refused. The message is one sentence for the person who asked: what was not done and why.</summary>
public sealed class FarmActionException(string message) : Exception(message);
