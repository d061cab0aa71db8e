using System.Threading.Channels;

namespace Farm.Server.Domain.Events;

/// <summary>
/// The pending events of one listener. When it is full, all of them are replaced by one <see cref="FarmEventKind.Missed"/>.
/// </summary>
/// <param name="capacity">Maximum number of pending events.</param>
internal sealed class FarmEventQueue(int capacity)
{
    private static readonly FarmEvent Missed = new(FarmEventKind.Missed);

    private readonly Channel<FarmEvent> _waiting =
        Channel.CreateBounded<FarmEvent>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private bool _missed;

    /// <summary>Adds an event; never blocks.</summary>
    public void Add(FarmEvent farmEvent)
    {
        if (_waiting.Writer.TryWrite(farmEvent)) return;
        Volatile.Write(ref _missed, true);
        // Wakes a listener that emptied the queue meanwhile and would not see the flag otherwise.
        _waiting.Writer.TryWrite(Missed);
    }

    /// <summary>Waits for the next event and removes it.</summary>
    public async ValueTask<FarmEvent> TakeAsync(CancellationToken cancellationToken)
    {
        var next = await _waiting.Reader.ReadAsync(cancellationToken);
        if (!Interlocked.Exchange(ref _missed, false)) return next;
        while (_waiting.Reader.TryRead(out _))
        {
            // Covered by Missed.
        }

        return Missed;
    }
}
