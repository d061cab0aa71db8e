using Farm.Server.Domain.Events;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// What an operation writes with: the statements of the one writer connection, the time, and a list of what to tell others once it is on disk.
/// Only valid inside the function that was given to <see cref="WriteQueue.RunAsync{T}"/>.
/// </summary>
internal sealed class WriteTransaction(SqliteSession statements, TimeProvider time, int slice)
{
    private readonly List<FarmEvent> _events = [];
    private readonly List<Action> _afterCommit = [];

    /// <summary>The prepared statements of the writer.</summary>
    public SqliteSession Db => statements;

    /// <inheritdoc cref="FarmStore.Slice"/>
    public int Slice => slice;

    /// <summary>The moment at which the present operation began, in unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Tells subscribers of the farm's events, after the commit and only then.</summary>
    public void Publish(FarmEvent happened)
    {
        if (_events.Count == 0 || _events[^1] != happened) _events.Add(happened);
    }

    /// <summary>Runs something short after the commit and only then, on the writer's thread.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal (int Events, int Actions) BeginOperation()
    {
        Now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return (_events.Count, _afterCommit.Count);
    }

    internal void ForgetSince((int Events, int Actions) mark)
    {
        _events.RemoveRange(mark.Events, _events.Count - mark.Events);
        _afterCommit.RemoveRange(mark.Actions, _afterCommit.Count - mark.Actions);
    }

    internal void Committed(FarmEvents events)
    {
        foreach (var action in _afterCommit) action();
        foreach (var happened in _events) events.Publish(happened);
        Forget();
    }

    internal void Forget()
    {
        _events.Clear();
        _afterCommit.Clear();
    }
}
