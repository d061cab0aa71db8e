namespace Farm.Dashboard.Ports;

/// <summary>
/// Reads for pages. Sorting, filtering and paging are done in the database. Each call reads one snapshot.
/// </summary>
public interface IFarmReader
{
    Task<FarmIdentity> ReadIdentityAsync(CancellationToken cancellationToken);

    Task<Overview> ReadOverviewAsync(CancellationToken cancellationToken);

    Task<Page<JobRow>> ReadJobsAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>One job; null if there is none of that id.</summary>
    Task<JobDetail?> FindJobAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>The tasks of one job; an empty page for an unknown job.</summary>
    Task<Page<TaskRow>> ReadTasksAsync(Guid jobId, TaskQuery query, CancellationToken cancellationToken);

    /// <summary>The files that the tasks of one job produced; none for an unknown job.</summary>
    Task<JobFiles> ReadFilesAsync(Guid jobId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One task; null if there is none of that id.</summary>
    Task<TaskDetail?> FindTaskAsync(Guid taskId, CancellationToken cancellationToken);

    /// <summary>The last <paramref name="maxBytes"/> bytes, at most, of a task's log; null if the task has no log yet.</summary>
    Task<LogTail?> ReadLogTailAsync(Guid taskId, int maxBytes, CancellationToken cancellationToken);

    Task<Page<WorkerRow>> ReadWorkersAsync(WorkerQuery query, CancellationToken cancellationToken);

    /// <summary>One worker; null if there is none of that id.</summary>
    Task<WorkerRow?> FindWorkerAsync(Guid workerId, CancellationToken cancellationToken);

    /// <summary>The tasks that a worker has, or was the last to have; the latest updated first.</summary>
    Task<Page<TaskRow>> ReadTasksOfWorkerAsync(Guid workerId, PageRequest page, CancellationToken cancellationToken);
}
