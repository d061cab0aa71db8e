using Farm.Server.Worker.Execution;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker;

/// <summary>
/// The worker's life after it was made ready: signed on, awake or asleep as the manager asks, signed off (contract section 3.10).
/// </summary>
internal sealed class WorkerLoop(
    WorkerOptions options, ManagerClient manager, Registration enrolment, UpdateOutbox outbox, TaskRunner runner, ILogger<WorkerLoop> logger)
{
    private readonly WorkerIntervals _intervals = options.Intervals;

    /// <summary>Lives until the manager asks for offline or restart, or until cancelled. Signs off in any case.</summary>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="WorkerStartException">The manager refuses this worker.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var flushing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flush = FlushRegularlyAsync(flushing.Token);
        var signedOn = false;
        try
        {
            while (true)
            {
                var status = WorkerStatuses.Obeyed(await enrolment.SignOnAsync(cancellationToken));
                signedOn = true;
                // Null: the manager has lost track of this worker, which then signs on again.
                for (string? next = status; next is not null;)
                {
                    if (next is WorkerStatuses.Restart or WorkerStatuses.Offline) return Leave(next);
                    await AcknowledgeAsync(next, cancellationToken);
                    next = next == WorkerStatuses.Awake ? await WorkAsync(cancellationToken) : await SleepAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogInformation("The worker is asked to end");
            return 0;
        }
        finally
        {
            await flushing.CancelAsync();
            await flush;
            if (signedOn) await SignOffAsync();
        }
    }

    private int Leave(string status)
    {
        logger.LogInformation("The manager asks for {Status}; the worker ends", status);
        return status == WorkerStatuses.Restart ? options.RestartExitCode : 0;
    }

    /// <summary>Awake: asks for tasks and does them until the manager asks for something else.</summary>
    /// <returns>The status asked for, or null to sign on again.</returns>
    private async Task<string?> WorkAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Awake, asking for tasks: {Types}", string.Join(' ', options.TaskTypes));
        await WaitAsync(_intervals.FirstTask, cancellationToken);
        while (true)
        {
            // What is done must be known first, or the manager would hand the same task out again.
            if (!await outbox.FlushAsync(cancellationToken))
            {
                await WaitAsync(_intervals.Flush, cancellationToken);
                continue;
            }
            var answer = await manager.ScheduleAsync(cancellationToken);
            switch (answer.Status)
            {
                case 200 when answer.Read(WorkerJson.Default.AssignedTask) is { Uuid.Length: > 0, Commands: not null } task:
                    await runner.RunAsync(task, cancellationToken);
                    await WaitAsync(_intervals.AfterTask, cancellationToken);
                    break;
                case 204:
                    await WaitAsync(_intervals.NoTask * (0.9 + 0.2 * options.Random.NextDouble()), cancellationToken);
                    break;
                case 423 when answer.Read(WorkerJson.Default.WorkerStateChange) is { StatusRequested: not null } requested:
                    return WorkerStatuses.Obeyed(requested.StatusRequested);
                case 403 or 409:
                    logger.LogWarning("The manager gives no task ({Answer}); signing on again in {Wait:0} s", answer, _intervals.AfterError.TotalSeconds);
                    await WaitAsync(_intervals.AfterError, cancellationToken);
                    return null;
                default:
                    logger.LogWarning("Asking for a task failed ({Answer}); again in {Wait:0} s", answer, _intervals.AfterError.TotalSeconds);
                    await WaitAsync(_intervals.AfterError, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Asleep: looks now and then whether the manager wants something else.</summary>
    private async Task<string?> SleepAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Asleep until the manager asks for something else");
        while (true)
        {
            await WaitAsync(_intervals.Asleep, cancellationToken);
            var answer = await manager.StateAsync(cancellationToken);
            if (answer.Status == 200 && answer.Read(WorkerJson.Default.WorkerStateChange) is { StatusRequested: not null } requested)
                return WorkerStatuses.Obeyed(requested.StatusRequested);
            if (answer.Status != 403) continue;
            await WaitAsync(_intervals.AfterError, cancellationToken);
            return null;
        }
    }

    private async Task AcknowledgeAsync(string status, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await manager.StateChangedAsync(status, cancellationToken);
            if (answer.IsSuccess) return;
            logger.LogWarning("The manager did not take note that this worker is {Status}: {Answer}", status, answer);
            if (!answer.IsPassing) return;
            await WaitAsync(_intervals.AfterTask, cancellationToken);
        }
    }

    private async Task FlushRegularlyAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(_intervals.Flush, cancellationToken);
                await outbox.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }

    private async Task SignOffAsync()
    {
        using var deadline = new CancellationTokenSource(_intervals.Goodbye);
        try
        {
            // First what is done, or signing off would give back tasks that need not be done again.
            await outbox.FlushAsync(deadline.Token);
            var answer = await manager.SignOffAsync(deadline.Token);
            if (answer.IsSuccess) logger.LogInformation("Signed off");
            else logger.LogWarning("Signing off failed: {Answer}", answer);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("The manager did not answer the sign-off in time");
        }
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, options.Time, cancellationToken);
}
