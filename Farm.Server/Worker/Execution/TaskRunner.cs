using Farm.Server.Worker.Commands;
using Farm.Server.Worker.Frames;
using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;
using Farm.Server.Worker.Transfers;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Execution;

/// <summary>Runs tasks, one at a time, and reports their start and end.</summary>
internal sealed class TaskRunner(
    WorkerOptions options, ManagerClient manager, UpdateOutbox outbox, ProcessRunner processes, ProcessMark mark, StateDirectory state,
    ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<TaskRunner>();

    /// <summary>Runs a task. Returns when it has ended and none of its processes is running.</summary>
    /// <exception cref="OperationCanceledException">The worker shuts down; the end of the task was not reported.</exception>
    public async Task RunAsync(AssignedTask task, CancellationToken cancellationToken)
    {
        var reference = new TaskReference(task.Uuid, task.Attempt);
        if (!await ReportStartAsync(reference, task.Name, cancellationToken)) return;
        _logger.LogInformation("Task {Name} ({Id}) started", task.Name, task.Uuid);

        using var stop = new TaskCancellation(cancellationToken);
        using var reporter = new TaskReporter(reference, outbox, stop, options.LogChunkBytes);
        using var taskEnds = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        outbox.TaskGone += OnTaskGone;
        var watch = new TaskMonitor(reference, manager, outbox, reporter, stop, options).RunAsync(taskEnds.Token);
        try
        {
            await DoAsync(task, reference, reporter, stop);
        }
        catch (OperationCanceledException) when (stop.RevokeReason is not null)
        {
            // Logged below.
        }
        finally
        {
            outbox.TaskGone -= OnTaskGone;
            await taskEnds.CancelAsync();
            await watch;
        }
        if (stop.RevokeReason is not { } reason) return;
        await outbox.DiscardAsync(reference);
        _logger.LogInformation("Task {Name} ({Id}) was stopped: {Reason}", task.Name, task.Uuid, reason);

        void OnTaskGone(TaskReference gone)
        {
            if (gone == reference) stop.Revoke("the manager no longer accepts updates of it");
        }
    }

    /// <summary>
    /// A task starts only after its start was reported, so that no work is wasted. Waits while the manager restarts; if it does not come back, it
    /// will hand the task out again.
    /// </summary>
    private async Task<bool> ReportStartAsync(TaskReference reference, string name, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        while (true)
        {
            var outcome = await outbox.TrySendAsync(reference, new TaskUpdate { Status = "active", Activity = "Started" }, cancellationToken);
            if (outcome == UpdateOutcome.Delivered) return true;
            var hasTime = options.Time.GetElapsedTime(started) < options.Intervals.StartTimeout;
            if (outcome != UpdateOutcome.Kept || !hasTime)
            {
                _logger.LogWarning("Task {Name} ({Id}) not started: its start could not be reported ({Outcome})", name, reference.TaskId, outcome);
                return false;
            }
            await Task.Delay(options.Intervals.StartRetry, options.Time, cancellationToken);
        }
    }

    private async Task DoAsync(AssignedTask task, TaskReference reference, TaskReporter reporter, TaskCancellation stop)
    {
        await using var frames = new FrameUploader(manager, processes, reference, options.Time, loggers.CreateLogger<FrameUploader>());
        TaskUpdate end;
        try
        {
            foreach (var command in task.Commands) await DoAsync(command, reference, reporter, frames, stop);
            await frames.DrainAsync(options.Intervals.LastFrame, stop.Token);
            end = new TaskUpdate { Status = "completed", Activity = "Completed" };
            _logger.LogInformation("Task {Name} ({Id}) completed", task.Name, task.Uuid);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.Token.IsCancellationRequested)
        {
            stop.Token.ThrowIfCancellationRequested();
            end = new TaskUpdate { Status = "failed", Activity = $"Failed: {e.Message}", Log = $"Failed: {e.Message}" };
            _logger.LogWarning("Task {Name} ({Id}) failed: {Problem}", task.Name, task.Uuid, e.Message);
        }
        await reporter.EndAsync(end);
    }

    private async Task DoAsync(AssignedCommand command, TaskReference reference, TaskReporter reporter, FrameUploader frames, TaskCancellation stop)
    {
        var before = reporter.Steps;
        var context = new CommandContext
        {
            ExpectedSteps = command.TotalStepCount,
            Time = options.Time,
            Processes = processes,
            Mark = mark,
            LogAsync = reporter.LogAsync,
            StepAsync = reporter.StepAsync,
            ProgressAsync = (done, token) => reporter.SetStepsAsync(before + done, token),
            ActivityAsync = reporter.ActivityAsync,
            ScratchDirectory = state.Scratch,
            WorkerStopping = stop.WorkerStopping,
            OfferFrame = frames.Offer,
            Files = new TaskFiles(new TaskFileClient(manager, reference), options.Intervals, options.Time, reporter.LogAsync),
        };
        try
        {
            await CommandCatalog.Get(command.Name).RunAsync(new CommandParameters(command.Parameters), context, stop.Token);
        }
        catch (TaskCommandException e)
        {
            throw new TaskCommandException($"{command.Name}: {e.Message}");
        }
        await reporter.FlushLogAsync(stop.Token);
        if (command.TotalStepCount == 0) await reporter.StepAsync(stop.Token);
    }
}
