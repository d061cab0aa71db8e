using System.Collections.Concurrent;

namespace Farm.Server.Store.Engine;

/// <summary>Read-only sessions. A read sees one consistent snapshot and never waits for the writer.</summary>
internal sealed class ReadPool(IStoreEngine engine) : IDisposable
{
    private readonly ConcurrentBag<StoreSession> _idle = [];
    private volatile bool _disposed;
    private long _statementsRun;

    /// <summary>Number of statements run by all reads so far.</summary>
    public long StatementsRun => Interlocked.Read(ref _statementsRun);

    /// <summary>Runs a query on a consistent snapshot of the store.</summary>
    public T Read<T>(Func<StoreSession, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var session)) session = engine.OpenReader();
        var before = session.StatementsRun;
        try
        {
            session.BeginRead();
            var result = query(session);
            session.Commit();
            Interlocked.Add(ref _statementsRun, session.StatementsRun - before);
            Return(session);
            return result;
        }
        catch
        {
            // The connection is in an unknown state, and a new one is cheap.
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session)) session.Dispose();
    }

    private void Return(StoreSession session)
    {
        _idle.Add(session);
        if (_disposed) Dispose();
    }
}
