using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Read-only connections, each with its prepared statements. A read sees one consistent snapshot and never waits for the writer. Readers
/// never checkpoint: in some older SQLite versions, such as 3.50.4, concurrent checkpoints can corrupt the log (sqlite.org, "walresetbug").
/// The bundled version is not affected, so this is only a precaution.
/// </summary>
internal sealed class ReadPool(string connectionString) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;
    private long _statementsRun;

    /// <summary>Number of statements run by all reads so far.</summary>
    public long StatementsRun => Interlocked.Read(ref _statementsRun);

    /// <summary>Runs a query on a consistent snapshot of the store.</summary>
    public T Read<T>(Func<SqliteSession, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var session)) session = Open();
        var before = session.StatementsRun;
        try
        {
            session.Execute("BEGIN");
            var result = query(session);
            session.Execute("COMMIT");
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

    private void Return(SqliteSession session)
    {
        _idle.Add(session);
        if (_disposed) Dispose();
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // SQLite's own lower() only handles ASCII.
        connection.CreateFunction("lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        var session = new SqliteSession(connection);
        session.Execute("PRAGMA query_only = 1");
        return session;
    }
}
