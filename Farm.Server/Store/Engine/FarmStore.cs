using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine.Postgres;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Engine;

/// <summary>The open store of a farm: one data directory with one writer and many readers.</summary>
internal sealed class FarmStore : IReadStore, IAsyncDisposable
{
    private const int DefaultSlice = 500;

    private readonly WriteQueue _writer;
    private readonly ReadPool _readers;
    private readonly IStoreEngine _engine;
    private readonly FileStream _lock;

    private FarmStore(DataDirectory directory, FileStream held, IStoreEngine engine, WriteQueue writer, int slice)
    {
        Directory = directory;
        Slice = slice;
        _lock = held;
        _engine = engine;
        _writer = writer;
        _readers = new ReadPool(engine);
    }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; }

    /// <inheritdoc cref="IStoreEngine.IsShared"/>
    public bool IsShared => _engine.IsShared;

    /// <summary>Maximum number of tasks that one transaction changes. Larger changes run in slices, with other writes in between.</summary>
    public int Slice { get; }

    /// <inheritdoc cref="ReadPool.StatementsRun"/>
    public long StatementsRead => _readers.StatementsRun;

    /// <summary>Number of operations waiting for the writer.</summary>
    public int WaitingWrites => _writer.Waiting;

    /// <summary>Size of the write-ahead log in bytes.</summary>
    public long LogBytes => _engine.LogBytes;

    /// <summary>Opens the store; creates or migrates the database if needed.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="time">The clock for transaction times.</param>
    /// <param name="events">Receives an event for every committed change.</param>
    /// <param name="log">The log.</param>
    /// <param name="modules">The tables of all protocols, including disabled ones.</param>
    /// <param name="slice">See <see cref="Slice"/>.</param>
    /// <param name="database">The address of a PostgreSQL database; null for SQLite in the data directory.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says why.</exception>
    public static FarmStore Open(
        DataDirectory directory, TimeProvider time, FarmEvents events, ILogger log, IReadOnlyList<ModuleSchema> modules, int slice = DefaultSlice,
        string? database = null)
    {
        var held = DirectoryLock.Acquire(directory);
        IStoreEngine? engine = null;
        try
        {
            var schema = new Schema(Schema.Core, modules);
            if (database is not null && File.Exists(directory.Database))
                log.LogWarning("{File} is not used: the setting database names PostgreSQL, and the jobs of the file are not in it", directory.Database);
            engine = database is null ? SqliteEngine.Open(directory, time, log, schema) : PostgresEngine.Open(database, log, schema);
            return new FarmStore(directory, held, engine, new WriteQueue(engine, time, events, log, slice), slice);
        }
        catch
        {
            engine?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="WriteQueue.RunAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<WriteTransaction, T> operation) => _writer.RunAsync(operation);

    /// <inheritdoc cref="WriteQueue.RunAsync{T}"/>
    public Task WriteAsync(Action<WriteTransaction> operation) => _writer.RunAsync(operation);

    /// <inheritdoc cref="ReadPool.Read{T}"/>
    public T Read<T>(Func<StoreSession, T> query) => _readers.Read(query);

    /// <inheritdoc cref="IStoreEngine.WriteBackup"/>
    public long WriteBackup(string file) => _engine.WriteBackup(file);

    /// <summary>Writes pending operations, then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer last, because the last connection to close checkpoints the log.
        _readers.Dispose();
        await _writer.DisposeAsync();
        _engine.Dispose();
        await _lock.DisposeAsync();
    }
}
