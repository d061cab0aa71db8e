using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Farm.Server.Domain.Events;

/// <summary>
/// Publishes events to listeners. A slow listener never blocks the farm: events that it misses are replaced by one
/// <see cref="FarmEventKind.Missed"/>. So a listener must treat an event as a hint to read again, not as the change itself.
/// </summary>
internal sealed class FarmEvents
{
    /// <summary>The number of events that can wait for a listener before it misses some.</summary>
    public const int Capacity = 1024;

    private readonly ConcurrentDictionary<FarmEventQueue, bool> _listeners = new();
    private long _changes;
    private long _workerChanges;

    /// <summary>Grows with every event of a job, a task or a worker. While it stands still, what was read of them is still true.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Grows with every event of a worker.</summary>
    public long WorkerChanges => Interlocked.Read(ref _workerChanges);

    /// <summary>Queues an event for every listener; never blocks.</summary>
    public void Publish(FarmEvent farmEvent)
    {
        if (farmEvent.Kind is FarmEventKind.Job or FarmEventKind.Task or FarmEventKind.Tasks or FarmEventKind.Worker or FarmEventKind.Missed)
            Interlocked.Increment(ref _changes);
        if (farmEvent.Kind is FarmEventKind.Worker or FarmEventKind.Missed) Interlocked.Increment(ref _workerChanges);
        foreach (var (listener, _) in _listeners) listener.Add(farmEvent);
    }

    /// <summary>Listens until the token is canceled.</summary>
    public async IAsyncEnumerable<FarmEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = new FarmEventQueue(Capacity);
        _listeners.TryAdd(queue, true);
        try
        {
            while (true) yield return await queue.TakeAsync(cancellationToken);
        }
        finally
        {
            _listeners.TryRemove(queue, out _);
        }
    }
}
