using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Farm.Server.Domain.Events;

/// <summary>
/// Passes events on to whoever listens. A slow listener never holds up the farm: it loses its oldest events, so that
/// a listener must treat an event as a hint to look again, not as the change itself.
/// </summary>
internal sealed class FarmEvents
{
    private const int Waiting = 1024;

    private readonly ConcurrentDictionary<Channel<FarmEvent>, bool> _listeners = new();

    /// <summary>Tells every listener. Never waits.</summary>
    public void Publish(FarmEvent happened)
    {
        foreach (var (listener, _) in _listeners) listener.Writer.TryWrite(happened);
    }

    /// <summary>Listens until the token is canceled.</summary>
    public async IAsyncEnumerable<FarmEvent> Listen(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<FarmEvent>(
            new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _listeners.TryAdd(channel, true);
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellation)) yield return happened;
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }
}
