using System.Text;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Execution;

/// <summary>
/// Tells the manager how one task is going: log lines in chunks, steps at once, the end at the end. Everything leaves in the
/// order in which it
/// happened.
/// </summary>
internal sealed class TaskReporter(TaskReference task, UpdateOutbox outbox, TaskStop stop, int chunkBytes) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly StringBuilder _log = new();
    private int _logBytes;
    private int _steps;
    private string? _activity;

    /// <summary>Adds a line to the log; sends the log when enough has come together.</summary>
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

    /// <summary>Sends what has come together of the log.</summary>
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

    /// <summary>How many steps are done.</summary>
    public int Steps => Volatile.Read(ref _steps);

    /// <summary>Counts one more step as done.</summary>
    public Task StepAsync(CancellationToken cancellationToken) => SetStepsAsync(_steps + 1, cancellationToken);

    /// <summary>Says how many steps are done. They only become more.</summary>
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

    /// <summary>Says what the task is doing, until it says otherwise.</summary>
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
    /// Reports the end of the task, after all that was logged. Not to be cancelled: what was done must not be done again.
    /// </summary>
    public async Task<UpdateOutcome> EndAsync(TaskUpdate end)
    {
        await _gate.WaitAsync();
        try
        {
            await SendLogAsync(CancellationToken.None);
            return stop.TakenAway is null ? await SendAsync(end, CancellationToken.None) : UpdateOutcome.TaskGone;
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
        await SendAsync(new TaskUpdate { Log = text }, cancellationToken);
    }

    private async Task<UpdateOutcome> SendAsync(TaskUpdate update, CancellationToken cancellationToken)
    {
        if (stop.TakenAway is not null) return UpdateOutcome.TaskGone;
        var outcome = await outbox.SendAsync(task, update, cancellationToken);
        if (outcome == UpdateOutcome.TaskGone) stop.TakeAway("the manager no longer takes reports about it");
        return outcome;
    }
}
