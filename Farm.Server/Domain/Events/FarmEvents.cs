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

    /// <summary>Queues an event for every listener; never blocks.</summary>
    public void Publish(FarmEvent farmEvent)
    {
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
