using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Read-only connections, each with its prepared statements. A read sees one consistent snapshot and never waits for the writer.
/// They never checkpoint: in older SQLites, 3.50.4 among them, two connections that do can damage the log (sqlite.org, "walresetbug"). The one
/// that is shipped has no such bug, but the writer checkpoints anyway, and one connection less to think of costs nothing.
/// </summary>
internal sealed class ReadPool(string connectionString) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>Runs a function on a snapshot of the store.</summary>
    public T Read<T>(Func<SqliteSession, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var statements)) statements = Open();
        try
        {
            statements.Execute("BEGIN");
            var result = query(statements);
            statements.Execute("COMMIT");
            Return(statements);
            return result;
        }
        catch
        {
            // The connection may be in any state: a new one is cheap.
            Close(statements);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var statements)) Close(statements);
    }

    private void Return(SqliteSession statements)
    {
        _idle.Add(statements);
        if (_disposed) Dispose();
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        // SQLite's own knows the letters of ASCII only.
        connection.CreateFunction("lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        var statements = new SqliteSession(connection);
        statements.Execute("PRAGMA query_only = 1");
        return statements;
    }

    private static void Close(SqliteSession statements)
    {
        statements.Dispose();
        statements.Connection.Dispose();
    }
}
