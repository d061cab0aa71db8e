using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The embedded engine: one file in the data directory, used by one server.</summary>
internal sealed class SqliteEngine : IStoreEngine
{
    private readonly DataDirectory _directory;
    private readonly SqliteSession _writer;

    private SqliteEngine(DataDirectory directory, SqliteConnection connection)
    {
        _directory = directory;
        _writer = new SqliteSession(connection);
    }

    /// <inheritdoc/>
    public long LogBytes => new FileInfo(_directory.Database + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <summary>No limit: a connection is a file handle.</summary>
    public int MaxReaders => int.MaxValue;

    /// <inheritdoc/>
    public string Unwritable(Exception failure) => failure is DatabaseMovedException
        ? "the database file was moved, replaced or deleted while the farm runs; nothing was saved. Put it back, or stop the farm and restore a backup"
        : "disk full or not writable; nothing was saved. Free space, then retry";

    /// <inheritdoc/>
    public string Unreadable(Exception? failure) => "the database file cannot be read; see the server log";

    /// <inheritdoc/>
    public string Advice => "Check the data directory and its disk.";

    /// <summary>Opens the database of a data directory; creates or migrates it if needed.</summary>
    /// <exception cref="StoreException">The database cannot be used; the message says why and what to do.</exception>
    public static SqliteEngine Open(DataDirectory directory, TimeProvider time, ILogger log, Schema schema) =>
        new(directory, DatabaseOpener.Open(directory, time, log, schema));

    /// <summary>The one connection that writes. It never breaks, so it is handed out once.</summary>
    public StoreSession OpenWriter() => _writer;

    /// <inheritdoc/>
    public StoreSession OpenReader()
    {
        var connection = new SqliteConnection(Connections.ReadOnly(_directory.Database));
        connection.Open();
        // SQLite's own lower() only handles ASCII.
        connection.CreateFunction("lower", static (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
        var session = new SqliteSession(connection);
        // Readers never checkpoint: in some older SQLite versions, such as 3.50.4, concurrent checkpoints can corrupt the log (sqlite.org,
        // "walresetbug"). The bundled version is not affected, so this is only a precaution.
        session.Execute("PRAGMA query_only = 1");
        return session;
    }

    /// <summary>There are no other managers.</summary>
    public IDisposable? Listen(Action<string?> receive) => null;

    /// <inheritdoc/>
    public long WriteBackup(string file) => DatabaseBackup.Write(_directory.Database, file);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The writer closes its connection itself.
    }
}
