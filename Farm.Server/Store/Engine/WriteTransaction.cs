using Farm.Server.Domain.Events;

namespace Farm.Server.Store.Engine;

/// <summary>
/// The context of a write operation: the writer's session, the time, and what to publish after the commit. Only valid inside the function
/// passed to <see cref="WriteQueue.RunAsync{T}"/>.
/// </summary>
internal sealed class WriteTransaction(StoreSession session, TimeProvider time, int slice)
{
    /// <summary>How long a transaction may hold the writer before it is committed; what waits or is left runs in the next one.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(25);

    /// <summary>A statement of <see cref="Repeat"/> that takes less time than this is followed by one for twice as many rows.</summary>
    private static readonly TimeSpan ShortTime = TimeSpan.FromMilliseconds(2);

    private const int FirstRows = 32;

    private readonly List<FarmEvent> _events = [];
    private readonly List<Action> _afterCommit = [];
    private long _begun;

    /// <summary>The writer's session.</summary>
    public StoreSession Db => session;

    /// <inheritdoc cref="FarmStore.Slice"/>
    public int Slice => slice;

    /// <summary>When the current operation started, in unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>
    /// Whether the writer was held long enough. A bulk update then stops and continues in another operation, with other writes in between; each
    /// operation must get something done first.
    /// </summary>
    public bool IsTimeUp => time.GetElapsedTime(_begun) >= MaxTime;

    /// <summary>Repeats a change of a limited number of rows until none is left, or the time is up. The number depends on how long the rows take.</summary>
    /// <param name="change">Changes at most so many rows, and returns how many it did.</param>
    /// <returns>Whether none is left.</returns>
    public bool Repeat(Func<int, int> change)
    {
        for (var rows = FirstRows; ;)
        {
            var started = time.GetTimestamp();
            if (change(rows) < rows) return true;
            if (IsTimeUp) return false;
            if (time.GetElapsedTime(started) < ShortTime && rows < slice) rows *= 2;
        }
    }

    /// <summary>Publishes an event, after the commit and only then.</summary>
    public void Publish(FarmEvent farmEvent)
    {
        if (_events.Count == 0 || _events[^1] != farmEvent) _events.Add(farmEvent);
    }

    /// <summary>Runs a short action after the commit and only then, on the writer's thread.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void Begin() => _begun = time.GetTimestamp();

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
