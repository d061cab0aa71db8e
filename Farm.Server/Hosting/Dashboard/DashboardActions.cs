using Farm.Dashboard.Ports;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Does what people ask for on a page. What was begun is finished even when the page goes away.</summary>
internal sealed class DashboardActions(JobControl jobs, TaskControl tasks, WorkerPresence workers) : IFarmActions
{
    private const string Reason = "asked for on the dashboard";

    /// <inheritdoc/>
    public Task PauseJobAsync(Guid jobId, CancellationToken cancellation) =>
        Do("The job was not paused", cancellation, () => jobs.Do(jobId, JobVerb.Pause, Reason));

    /// <inheritdoc/>
    public Task ResumeJobAsync(Guid jobId, CancellationToken cancellation) =>
        Do("The job was not resumed", cancellation, () => jobs.Do(jobId, JobVerb.Resume, Reason));

    /// <inheritdoc/>
    public Task CancelJobAsync(Guid jobId, CancellationToken cancellation) =>
        Do("The job was not canceled", cancellation, () => jobs.Do(jobId, JobVerb.Cancel, Reason));

    /// <inheritdoc/>
    public Task RequeueJobAsync(Guid jobId, CancellationToken cancellation) =>
        Do("The job was not requeued", cancellation, () => jobs.Do(jobId, JobVerb.Requeue, Reason));

    /// <inheritdoc/>
    public Task SetJobPriorityAsync(Guid jobId, int priority, CancellationToken cancellation) =>
        Do("The priority was not changed", cancellation, () => priority is >= 0 and <= 100
            ? jobs.SetPriority(jobId, priority)
            : throw FarmException.Invalid($"it goes from 0 to 100, and {priority} is not in between"));

    /// <inheritdoc/>
    public Task RequeueTaskAsync(Guid taskId, CancellationToken cancellation) =>
        Do("The task was not requeued", cancellation, () => tasks.SetStatus(taskId, TaskStatus.Queued, $"Requeued: {Reason}"));

    /// <inheritdoc/>
    public Task CancelTaskAsync(Guid taskId, CancellationToken cancellation) =>
        Do("The task was not canceled", cancellation, () => tasks.Cancel(taskId, $"Canceled: {Reason}"));

    /// <inheritdoc/>
    public Task RequestAsync(Guid workerId, WorkerRequest request, CancellationToken cancellation) =>
        Do("The worker was not asked", cancellation, () =>
            workers.Request(workerId, new StatusRequest(WorkerVerbs.StatusFor(request.Verb), request.Lazy)));

    private static async Task Do(string notDone, CancellationToken cancellation, Func<Task> action)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await action();
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"{notDone}: {error.Message}.");
        }
    }
}
