using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Updates;

/// <summary>
/// Sends all updates of tasks, one at a time and in order. While the manager is unreachable, they wait on disk.
/// </summary>
internal sealed class UpdateOutbox : IDisposable
{
    /// <summary>
    /// Above this size of the journal, updates with only log text are dropped, to protect the disk.
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
        if (_count > 0) logger.LogInformation("{Count} unsent updates of an earlier run", _count);
    }

    /// <summary>Raised when a delayed update was answered with 409: the task is no longer this worker's.</summary>
    public event Action<TaskReference>? TaskGone;

    public bool IsEmpty => _count == 0;

    /// <summary>Sends an update, or stores it if earlier ones wait or the manager does not answer.</summary>
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
    /// Sends an update without storing it on failure: <see cref="UpdateOutcome.Kept"/> means that it was neither delivered nor stored.
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

    /// <summary>Sends waiting updates, oldest first, until none is left or the manager does not answer.</summary>
    /// <returns>Whether none is left.</returns>
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
            if (waited > 0) _logger.LogInformation("The manager is back; sent {Count} waiting updates", waited);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Discards waiting updates of a revoked task.</summary>
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
        if (!answer.IsTransient)
        {
            _logger.LogWarning("Dropped an update of task {Task} that the manager refused: {Answer}", task.TaskId, answer);
            return UpdateOutcome.Refused;
        }
        if (_waiting.Count == 0)
            _logger.LogWarning("Sending an update of task {Task} failed ({Answer}); it will be retried", task.TaskId, answer);
        return UpdateOutcome.Kept;
    }

    private void Keep(TaskReference task, TaskUpdate update)
    {
        if (update is { Log: not null, Status: null, StepsCompleted: null } && _journal.Length > JournalLimit)
        {
            _logger.LogWarning("Dropping log text of task {Task}, because the manager has been unreachable for too long", task.TaskId);
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
            _logger.LogError("Cannot store unsent updates; they are lost if the worker stops: {Problem}", e.Message);
        }
    }
}
