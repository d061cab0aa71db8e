namespace Farm.Server.Worker.Execution;

/// <summary>Ends a running task early: because the worker ends, or because the manager has taken the task away.</summary>
internal sealed class TaskStop(CancellationToken workerEnds) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(workerEnds);
    private string? _reason;

    /// <summary>Canceled when the task has to stop, for whatever reason.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Canceled when the worker ends.</summary>
    public CancellationToken WorkerEnds { get; } = workerEnds;

    /// <summary>Why the manager took the task away, or null when it did not.</summary>
    public string? TakenAway => Volatile.Read(ref _reason);

    /// <summary>The manager takes the task away. The first reason stays.</summary>
    public void TakeAway(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The task has ended in the meantime.
        }
    }

    public void Dispose() => _source.Dispose();
}
