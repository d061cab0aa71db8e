using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Execution;

/// <summary>What goes on beside a running task: asking whether it may go on, and sending the log when a chunk is old enough.</summary>
internal sealed class TaskWatch(TaskReference task, ManagerClient manager, UpdateOutbox outbox, TaskReporter reporter, TaskStop stop, WorkerOptions options)
{
    /// <summary>Watches until the task ends.</summary>
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
            // Only a clear no ends a task: a manager that is away, or in trouble, must not cost a night's rendering.
            if (answer.Status != 200 || answer.Read(WorkerJson.Default.RunPermission) is not { } permission) continue;
            if (!permission.MayKeepRunning)
            {
                stop.TakeAway(string.IsNullOrWhiteSpace(permission.Reason) ? "the manager says no" : permission.Reason);
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
