using System.Text;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Execution;

/// <summary>
/// Reports the progress of one task to the manager: log lines in chunks, steps at once, all in order.
/// </summary>
internal sealed class TaskReporter(TaskReference task, UpdateOutbox outbox, TaskCancellation stop, int chunkBytes) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly StringBuilder _log = new();
    private int _logBytes;

    /// <summary>Begins anywhere, as the task may have run before in the same attempt, until the worker was restarted.</summary>
    private long _nextPart = Random.Shared.NextInt64(1L << 52);

    private int _steps;
    private string? _activity;

    /// <summary>Adds a line to the log; sends the log when a chunk is full.</summary>
    public async Task LogAsync(string line, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _log.Append(line).Append('\n');
            _logBytes += Encoding.UTF8.GetByteCount(line) + 1;
            if (_logBytes >= chunkBytes) await SendLogAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends the buffered log lines.</summary>
    public async Task FlushLogAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await SendLogAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The number of completed steps.</summary>
    public int Steps => Volatile.Read(ref _steps);

    /// <summary>Counts one more step as done.</summary>
    public Task StepAsync(CancellationToken cancellationToken) => SetStepsAsync(_steps + 1, cancellationToken);

    /// <summary>Sets the number of completed steps, which never decreases.</summary>
    public async Task SetStepsAsync(int steps, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (steps <= _steps) return;
            _steps = steps;
            await SendAsync(new TaskUpdate { Activity = _activity ?? "Progress", StepsCompleted = steps }, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sets the activity of the task.</summary>
    public async Task ActivityAsync(string activity, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _activity = activity;
            await SendAsync(new TaskUpdate { Activity = activity }, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Reports the end of the task, after its log. Cannot be canceled, so that completed work is not done again.
    /// </summary>
    public async Task<UpdateOutcome> EndAsync(TaskUpdate end)
    {
        await _gate.WaitAsync();
        try
        {
            await SendLogAsync(CancellationToken.None);
            return stop.RevokeReason is null ? await SendAsync(end, CancellationToken.None) : UpdateOutcome.TaskGone;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task SendLogAsync(CancellationToken cancellationToken)
    {
        if (_log.Length == 0) return;
        var text = _log.ToString();
        _log.Clear();
        _logBytes = 0;
        // Where attempts have no ids, as with Flamenco's manager, their parts have no numbers either.
        await SendAsync(new TaskUpdate { Log = text, LogPart = task.Attempt is null ? null : _nextPart++ }, cancellationToken);
    }

    private async Task<UpdateOutcome> SendAsync(TaskUpdate update, CancellationToken cancellationToken)
    {
        if (stop.RevokeReason is not null) return UpdateOutcome.TaskGone;
        var outcome = await outbox.SendAsync(task, update, cancellationToken);
        if (outcome == UpdateOutcome.TaskGone) stop.Revoke("the manager no longer accepts updates of it");
        return outcome;
    }
}
