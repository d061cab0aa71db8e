namespace Farm.Server.Worker.Execution;

/// <summary>Cancels a running task, because the worker shuts down or the manager revoked the task.</summary>
internal sealed class TaskCancellation(CancellationToken workerStopping) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(workerStopping);
    private string? _reason;

    /// <summary>Canceled when the task must stop, for any reason.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Canceled when the worker shuts down.</summary>
    public CancellationToken WorkerStopping { get; } = workerStopping;

    /// <summary>Why the manager revoked the task; null if it did not.</summary>
    public string? RevokeReason => Volatile.Read(ref _reason);

    /// <summary>Revokes the task. Only the first reason is kept.</summary>
    public void Revoke(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The task has already ended.
        }
    }

    public void Dispose() => _source.Dispose();
}
