using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Execution;

/// <summary>Runs beside a task: asks whether it may keep running, and sends its log regularly.</summary>
internal sealed class TaskMonitor(TaskReference task, ManagerClient manager, UpdateOutbox outbox, TaskReporter reporter, TaskCancellation stop, WorkerOptions options)
{
    /// <summary>Runs until the task ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(AskAsync(cancellationToken), SendLogAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The task has ended.
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.Intervals.MayIRun, options.Time, cancellationToken);
            var answer = await manager.MayIRunAsync(task.TaskId, task.Attempt, cancellationToken);
            // Only an explicit refusal stops a task; an unreachable or failing manager does not.
            if (answer.Status != 200 || answer.Read(WorkerJson.Default.RunPermission) is not { } permission) continue;
            if (!permission.MayKeepRunning)
            {
                stop.Revoke(string.IsNullOrWhiteSpace(permission.Reason) ? "stopped by the manager" : permission.Reason);
                return;
            }
            await outbox.FlushAsync(cancellationToken);
        }
    }

    private async Task SendLogAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.Intervals.LogChunk, options.Time, cancellationToken);
            await reporter.FlushLogAsync(cancellationToken);
        }
    }
}
