using Farm.Server.Domain.Events;

namespace Farm.Server.Store.Engine;

/// <summary>
/// The context of a write operation: the writer's session, the time, and what to publish after the commit. Only valid inside the function
/// passed to <see cref="WriteQueue.RunAsync{T}"/>.
/// </summary>
internal sealed class WriteTransaction(StoreSession session, TimeProvider time, int slice)
{
    private readonly List<FarmEvent> _events = [];
    private readonly List<Action> _afterCommit = [];

    /// <summary>The writer's session.</summary>
    public StoreSession Db => session;

    /// <inheritdoc cref="FarmStore.Slice"/>
    public int Slice => slice;

    /// <summary>When the current operation started, in unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Publishes an event, after the commit and only then.</summary>
    public void Publish(FarmEvent farmEvent)
    {
        if (_events.Count == 0 || _events[^1] != farmEvent) _events.Add(farmEvent);
    }

    /// <summary>Runs a short action after the commit and only then, on the writer's thread.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal (int Events, int Actions) BeginOperation()
    {
        Now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return (_events.Count, _afterCommit.Count);
    }

    internal void DiscardSince((int Events, int Actions) mark)
    {
        _events.RemoveRange(mark.Events, _events.Count - mark.Events);
        _afterCommit.RemoveRange(mark.Actions, _afterCommit.Count - mark.Actions);
    }

    internal void Announce(EventExchange others)
    {
        foreach (var message in others.Messages(_events)) session.Notify(message);
    }

    internal void Committed(FarmEvents events)
    {
        foreach (var action in _afterCommit) action();
        foreach (var farmEvent in _events) events.Publish(farmEvent);
        Discard();
    }

    internal void Discard()
    {
        _events.Clear();
        _afterCommit.Clear();
    }
}
