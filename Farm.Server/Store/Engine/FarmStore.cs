using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine.Postgres;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Engine;

/// <summary>The open store of a farm, with one writer and many readers in this process.</summary>
internal sealed class FarmStore : IReadStore, IAsyncDisposable
{
    private const int DefaultSlice = 500;

    private readonly WriteQueue _writer;
    private readonly ReadPool _readers;
    private readonly IStoreEngine _engine;
    private readonly FileStream _lock;
    private readonly IDisposable? _listening;

    private FarmStore(
        DataDirectory directory, string address, FileStream held, IStoreEngine engine, Schema schema, TimeProvider time, FarmEvents events, ILogger log, int slice)
    {
        Schema = schema;
        Directory = directory;
        Address = address;
        Slice = slice;
        _lock = held;
        _engine = engine;
        var others = engine.IsShared ? new EventExchange(Manager, events) : null;
        _writer = new WriteQueue(engine, time, events, others, log, slice);
        _readers = new ReadPool(engine);
        _listening = engine.Listen(message => others?.Receive(message));
    }

    /// <summary>This manager: the process that opened the store. Another id at each start.</summary>
    public Guid Manager { get; } = Guid.CreateVersion7();

    /// <summary>Whether other managers may use the same database at the same time.</summary>
    public bool IsShared => _engine.IsShared;

    /// <summary>The tables of this program.</summary>
    public Schema Schema { get; }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; }

    /// <summary>Where the database is, for administrators: the file of SQLite, or the database and host of PostgreSQL, without user and password.</summary>
    public string Address { get; }

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
            directory.Tighten(log);
            var schema = new Schema(Schema.Core, modules);
            if (database is not null && File.Exists(directory.Database))
                log.LogWarning("{File} is not used: the setting database names PostgreSQL; rename the file if its jobs were moved there (farm move)", directory.Database);
            engine = database is null ? SqliteEngine.Open(directory, time, log, schema) : PostgresEngine.Open(database, log, schema);
            var address = database is null ? directory.Database : PostgresAddress.InWords(database);
            return new FarmStore(directory, address, held, engine, schema, time, events, log, slice);
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

    /// <inheritdoc cref="WriteQueue.Add"/>
    public void Write(WriteItem item) => _writer.Add(item);

    /// <inheritdoc cref="ReadPool.Read{T}"/>
    public T Read<T>(Func<StoreSession, T> query) => _readers.Read(query);

    /// <summary>Gives back the memory of the caches, which fill again as they are used.</summary>
    /// <exception cref="Domain.FarmException">The database cannot be written.</exception>
    public Task ReleaseMemoryAsync()
    {
        _readers.DropIdle();
        return WriteAsync(tx => tx.Db.ReleaseMemory());
    }

    /// <inheritdoc cref="IStoreEngine.WriteBackup"/>
    public long WriteBackup(string file) => _engine.WriteBackup(file);

    /// <summary>Writes pending operations, then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        _listening?.Dispose();
        // The writer last, because the last connection to close checkpoints the log.
        _readers.Dispose();
        await _writer.DisposeAsync();
        _engine.Dispose();
        await _lock.DisposeAsync();
    }
}
