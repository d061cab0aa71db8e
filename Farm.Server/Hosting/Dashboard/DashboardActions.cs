using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Actions of the dashboard. A started action completes even if the page is closed.</summary>
internal sealed class DashboardActions(JobControl jobs, TaskControl tasks, WorkerPresence workers, WorkerApproval approval, Tokens tokens, DashboardPeople people) : IFarmActions
{
    private const string Reason = "requested on the dashboard";

    /// <summary>How long a code for workers works that was made on the page.</summary>
    private static readonly TimeSpan JoinLifetime = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public Task PauseJobAsync(Guid jobId, CancellationToken cancellationToken) =>
        DoAsync("The job was not paused", cancellationToken, caller => jobs.DoAsync(caller, jobId, JobVerb.Pause, Reason));

    /// <inheritdoc/>
    public Task ResumeJobAsync(Guid jobId, CancellationToken cancellationToken) =>
        DoAsync("The job was not resumed", cancellationToken, caller => jobs.DoAsync(caller, jobId, JobVerb.Resume, Reason));

    /// <inheritdoc/>
    public Task CancelJobAsync(Guid jobId, CancellationToken cancellationToken) =>
        DoAsync("The job was not canceled", cancellationToken, caller => jobs.DoAsync(caller, jobId, JobVerb.Cancel, Reason));

    /// <inheritdoc/>
    public Task RequeueJobAsync(Guid jobId, CancellationToken cancellationToken) =>
        DoAsync("The job was not requeued", cancellationToken, caller => jobs.DoAsync(caller, jobId, JobVerb.Requeue, Reason));

    /// <inheritdoc/>
    public Task SetJobPriorityAsync(Guid jobId, int priority, CancellationToken cancellationToken) =>
        DoAsync("The priority was not changed", cancellationToken, caller => priority is >= 0 and <= 100
            ? jobs.SetPriorityAsync(caller, jobId, priority)
            : throw FarmException.Invalid($"must be from 0 to 100, not {priority}"));

    /// <inheritdoc/>
    public Task RequeueTaskAsync(Guid taskId, CancellationToken cancellationToken) =>
        DoAsync("The task was not requeued", cancellationToken, caller => tasks.SetStatusAsync(caller, taskId, TaskStatus.Queued, $"Requeued: {Reason}"));

    /// <inheritdoc/>
    public Task CancelTaskAsync(Guid taskId, CancellationToken cancellationToken) =>
        DoAsync("The task was not canceled", cancellationToken, caller => tasks.CancelAsync(caller, taskId, $"Canceled: {Reason}"));

    /// <inheritdoc/>
    public Task RequestAsync(Guid workerId, WorkerRequest request, CancellationToken cancellationToken) =>
        DoAsync("The request was not sent to the worker", cancellationToken, caller =>
            workers.RequestAsync(caller, workerId, new StatusRequest(WorkerVerbs.StatusFor(request.Verb), request.Lazy)));

    /// <inheritdoc/>
    public Task ApproveWorkerAsync(Guid workerId, CancellationToken cancellationToken) =>
        DoAsync("The worker was not approved", cancellationToken, caller => approval.ApproveAsync(caller, workerId));

    /// <inheritdoc/>
    public async Task<string> MakeJoinCodeAsync(CancellationToken cancellationToken)
    {
        var code = "";
        await DoAsync("No code was made", cancellationToken, async caller => code = (await tokens.MakeAsync(caller, "code for workers", Role.Worker, null, JoinLifetime)).Secret);
        return code;
    }

    private async Task DoAsync(string notDone, CancellationToken cancellationToken, Func<Caller, Task> action)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await action(await people.CallerAsync());
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"{notDone}: {error.Message}.");
        }
    }
}
