using System.Threading.Channels;

namespace Farm.Server.Domain.Events;

/// <summary>The events that wait for one listener. Once it is full, all that wait are replaced by one <see cref="FarmEventKind.Missed"/>.</summary>
/// <param name="size">As many events wait at most.</param>
internal sealed class FarmEventQueue(int size)
{
    private static readonly FarmEvent Missed = new(FarmEventKind.Missed);

    private readonly Channel<FarmEvent> _waiting =
        Channel.CreateBounded<FarmEvent>(new BoundedChannelOptions(size) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private bool _missed;

    /// <summary>Adds an event. Never waits.</summary>
    public void Add(FarmEvent happened)
    {
        if (_waiting.Writer.TryWrite(happened)) return;
        Volatile.Write(ref _missed, true);
        // If the listener emptied the queue between these lines, nothing else would make it look at the mark; if not, it has yet to.
        _waiting.Writer.TryWrite(Missed);
    }

    /// <summary>Waits for the next event and takes it out.</summary>
    public async ValueTask<FarmEvent> TakeAsync(CancellationToken cancellationToken)
    {
        var next = await _waiting.Reader.ReadAsync(cancellationToken);
        if (!Interlocked.Exchange(ref _missed, false)) return next;
        while (_waiting.Reader.TryRead(out _))
        {
            // Covered by the one that says that anything may have changed.
        }

        return Missed;
    }
}
