using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Updates;

/// <summary>
/// The only way in which reports about tasks leave the worker: one at a time, in order. While the manager is away they wait on disk, and
/// everything that comes later waits behind them.
/// </summary>
internal sealed class UpdateOutbox : IDisposable
{
    /// <summary>
    /// Above this size of the journal mere log text is dropped: a manager that is away for days must not fill the render node's disk.
    /// </summary>
    private const long JournalLimit = 64 * 1024 * 1024;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Queue<UnsentUpdate> _waiting;
    private readonly UpdateJournal _journal;
    private readonly ManagerClient _manager;
    private readonly ILogger _logger;
    private long _lastNumber;
    private volatile int _count;

    public UpdateOutbox(UpdateJournal journal, ManagerClient manager, ILogger<UpdateOutbox> logger)
    {
        _journal = journal;
        _manager = manager;
        _logger = logger;
        _waiting = new Queue<UnsentUpdate>(journal.Unsettled);
        _count = _waiting.Count;
        _lastNumber = _waiting.Count == 0 ? 0 : _waiting.Max(update => update.Number);
        if (_count > 0) logger.LogInformation("{Count} updates of an earlier run wait to be sent", _count);
    }

    /// <summary>A waiting report was answered with 409: its task is no longer this worker's.</summary>
    public event Action<TaskReference>? TaskGone;

    public bool IsEmpty => _count == 0;

    /// <summary>Sends a report, or keeps it when earlier ones wait or the manager does not answer.</summary>
    public async Task<UpdateOutcome> SendAsync(TaskReference task, TaskUpdate update, CancellationToken cancellationToken)
    {
        update = update with { Attempt = task.Attempt };
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var outcome = _waiting.Count > 0 ? UpdateOutcome.Kept : await DeliverAsync(task, update, cancellationToken);
            if (outcome == UpdateOutcome.Kept) Keep(task, update);
            return outcome;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Sends a report now or not at all: <see cref="UpdateOutcome.Kept"/> means here that it was neither delivered nor stored.
    /// </summary>
    public async Task<UpdateOutcome> TrySendAsync(TaskReference task, TaskUpdate update, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _waiting.Count > 0 ? UpdateOutcome.Kept : await DeliverAsync(task, update with { Attempt = task.Attempt }, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Sends what waits, oldest first, until nothing is left or the manager does not answer.</summary>
    /// <returns>Whether nothing is left.</returns>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        if (IsEmpty) return true;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var waited = _waiting.Count;
            while (_waiting.TryPeek(out var next))
            {
                var outcome = await DeliverAsync(next.Reference, next.Update, cancellationToken);
                if (outcome == UpdateOutcome.Kept) return false;
                if (outcome == UpdateOutcome.TaskGone)
                {
                    Settle(next.Reference);
                    TaskGone?.Invoke(next.Reference);
                }
                else
                {
                    Settle(_waiting.Dequeue());
                }
            }
            if (waited > 0) _logger.LogInformation("The manager is back; {Count} updates that had waited are settled", waited);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Forgets what waits about a task that the manager has taken away.</summary>
    public async Task DiscardAsync(TaskReference task)
    {
        await _gate.WaitAsync();
        try
        {
            Settle(task);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        _gate.Dispose();
    }

    private async Task<UpdateOutcome> DeliverAsync(TaskReference task, TaskUpdate update, CancellationToken cancellationToken)
    {
        var answer = await _manager.UpdateAsync(task.TaskId, update, cancellationToken);
        if (answer.IsSuccess) return UpdateOutcome.Delivered;
        if (answer.Status == 409) return UpdateOutcome.TaskGone;
        if (!answer.IsPassing)
        {
            _logger.LogWarning("The manager refused an update of task {Task}, which is dropped: {Answer}", task.TaskId, answer);
            return UpdateOutcome.Refused;
        }
        if (_waiting.Count == 0)
            _logger.LogWarning("The manager did not take an update of task {Task} ({Answer}); it will be tried again", task.TaskId, answer);
        return UpdateOutcome.Kept;
    }

    private void Keep(TaskReference task, TaskUpdate update)
    {
        if (update is { Log: not null, Status: null, StepsCompleted: null } && _journal.Length > JournalLimit)
        {
            _logger.LogWarning("The manager has been away so long that log text of task {Task} is dropped", task.TaskId);
            return;
        }
        var unsent = new UnsentUpdate(++_lastNumber, task.TaskId, update);
        _waiting.Enqueue(unsent);
        _count = _waiting.Count;
        OnDisk(() => _journal.Keep(unsent));
    }

    private void Settle(TaskReference task)
    {
        var remaining = _waiting.Where(update => update.Reference != task).ToList();
        var settled = _waiting.Where(update => update.Reference == task).ToList();
        _waiting.Clear();
        foreach (var update in remaining) _waiting.Enqueue(update);
        foreach (var update in settled) Settle(update);
    }

    private void Settle(UnsentUpdate update)
    {
        _count = _waiting.Count;
        OnDisk(() =>
        {
            if (_waiting.Count == 0) _journal.Clear();
            else _journal.Settle(update.Number);
        });
    }

    private void OnDisk(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            _logger.LogError("Unsent updates are in memory only, and lost if the worker ends: {Problem}", e.Message);
        }
    }
}
