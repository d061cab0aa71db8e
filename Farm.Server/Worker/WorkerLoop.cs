using Farm.Server.Worker.Execution;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker;

/// <summary>
/// The main loop of the worker: signs on, works or sleeps as requested, signs off (contract section 3.10).
/// </summary>
internal sealed class WorkerLoop(
    WorkerOptions options, ManagerClient manager, Registration enrolment, UpdateOutbox outbox, TaskRunner runner, ILogger<WorkerLoop> logger)
{
    private readonly WorkerIntervals _intervals = options.Intervals;

    /// <summary>Runs until offline or restart is requested, or until canceled. Always signs off.</summary>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="WorkerStartException">The manager refused this worker.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var flushing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flush = FlushRegularlyAsync(flushing.Token);
        var signedOn = false;
        try
        {
            while (true)
            {
                var status = WorkerStatuses.StatusFor(await enrolment.SignOnAsync(cancellationToken));
                signedOn = true;
                // Null: the manager does not know this worker any more, so it signs on again.
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
            logger.LogInformation("Shutting down");
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
        logger.LogInformation("The manager requested {Status}; shutting down", status);
        return status == WorkerStatuses.Restart ? options.RestartExitCode : 0;
    }

    /// <summary>Runs tasks until another status is requested.</summary>
    /// <returns>The requested status; null to sign on again.</returns>
    private async Task<string?> WorkAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Awake, asking for tasks: {Types}", string.Join(' ', options.TaskTypes));
        await WaitAsync(_intervals.FirstTask, cancellationToken);
        while (true)
        {
            // Waiting updates go first; otherwise the manager could assign the same task again.
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
                    return WorkerStatuses.StatusFor(requested.StatusRequested);
                case 403 or 409:
                    logger.LogWarning("The manager refused to assign a task ({Answer}); signing on again in {Wait:0} s", answer, _intervals.AfterError.TotalSeconds);
                    await WaitAsync(_intervals.AfterError, cancellationToken);
                    return null;
                default:
                    logger.LogWarning("Requesting a task failed ({Answer}); retrying in {Wait:0} s", answer, _intervals.AfterError.TotalSeconds);
                    await WaitAsync(_intervals.AfterError, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Sleeps and polls until another status is requested.</summary>
    private async Task<string?> SleepAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Asleep until another status is requested");
        while (true)
        {
            await WaitAsync(_intervals.Asleep, cancellationToken);
            var answer = await manager.StateAsync(cancellationToken);
            if (answer.Status == 200 && answer.Read(WorkerJson.Default.WorkerStateChange) is { StatusRequested: not null } requested)
                return WorkerStatuses.StatusFor(requested.StatusRequested);
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
            logger.LogWarning("Reporting status {Status} failed: {Answer}", status, answer);
            if (!answer.IsTransient) return;
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
            // The worker shuts down.
        }
    }

    private async Task SignOffAsync()
    {
        using var deadline = new CancellationTokenSource(_intervals.SignOff);
        try
        {
            // Updates first; otherwise signing off would requeue completed tasks.
            await outbox.FlushAsync(deadline.Token);
            var answer = await manager.SignOffAsync(deadline.Token);
            if (answer.IsSuccess) logger.LogInformation("Signed off");
            else logger.LogWarning("Sign-off failed: {Answer}", answer);
        }
        catch (OperationCanceledException)
        {
            logger.LogWarning("Sign-off timed out");
        }
    }

    private Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, options.Time, cancellationToken);
}
