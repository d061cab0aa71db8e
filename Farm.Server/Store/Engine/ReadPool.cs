using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Farm.Server.Domain;

namespace Farm.Server.Store.Engine;

/// <summary>Read-only sessions. A read sees one consistent snapshot and never waits for the writer.</summary>
internal sealed class ReadPool(IStoreEngine engine) : IDisposable
{
    // While a database on another machine does not answer, readers hang. Those that wait for them must not take all threads of the process.
    private static readonly TimeSpan SharedTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<StoreSession> _idle = [];
    private readonly SemaphoreSlim _free = new(engine.MaxReaders);
    private volatile bool _disposed;
    private long _statementsRun;

    /// <summary>Number of statements run by all reads so far.</summary>
    public long StatementsRun => Interlocked.Read(ref _statementsRun);

    /// <summary>Runs a query on a consistent snapshot of the store.</summary>
    /// <exception cref="FarmException">The database cannot be reached.</exception>
    public T Read<T>(Func<StoreSession, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_free.Wait(engine.IsShared ? SharedTimeout : Timeout.InfiniteTimeSpan)) throw new FarmException(ErrorKind.Unavailable, engine.Unreadable(null));
        try
        {
            // A connection that waited may have been lost meanwhile, and the others with it: then a new one is tried.
            if (_idle.TryTake(out var idle))
            {
                if (TryRead(idle, query, out var result)) return result;
                DropIdle();
            }

            return TryRead(engine.OpenReader(), query, out var fresh) ? fresh : throw new FarmException(ErrorKind.Unavailable, engine.Unreadable(null));
        }
        finally
        {
            _free.Release();
        }
    }

    private bool TryRead<T>(StoreSession session, Func<StoreSession, T> query, [MaybeNullWhen(false)] out T result)
    {
        var before = session.StatementsRun;
        try
        {
            session.BeginRead();
            result = query(session);
            session.Commit();
            Interlocked.Add(ref _statementsRun, session.StatementsRun - before);
            Return(session);
            return true;
        }
        catch (Exception) when (session.IsBroken)
        {
            session.Dispose();
            result = default;
            return false;
        }
        catch
        {
            // The connection is in an unknown state, and a new one is cheap.
            session.Dispose();
            throw;
        }
    }

    /// <summary>Closes the sessions that no read uses, with their caches. New ones are opened when they are needed.</summary>
    public void DropIdle()
    {
        while (_idle.TryTake(out var session)) session.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        DropIdle();
    }

    private void Return(StoreSession session)
    {
        _idle.Add(session);
        if (_disposed) DropIdle();
    }
}
