using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Engine;

/// <summary>The open store of a farm: one writer, many readers, one data directory, for as long as the server runs.</summary>
internal sealed class FarmStore : IReadStore, IAsyncDisposable
{
    private const int UsualSlice = 500;

    private readonly WriteQueue _writer;
    private readonly ReadPool _readers;
    private readonly FileStream _lock;

    private FarmStore(DataDirectory directory, FileStream held, WriteQueue writer, ReadPool readers, int slice)
    {
        Directory = directory;
        Slice = slice;
        _lock = held;
        _writer = writer;
        _readers = readers;
    }

    /// <summary>Where it lives.</summary>
    public DataDirectory Directory { get; }

    /// <summary>How many tasks one transaction changes at most; a change of more of them is made in slices, with other writers in between.</summary>
    public int Slice { get; }

    /// <inheritdoc cref="ReadPool.StatementsRun"/>
    public long StatementsRead => _readers.StatementsRun;

    /// <summary>How many operations wait to be written.</summary>
    public int WaitingWrites => _writer.Waiting;

    /// <summary>The size in bytes of what is in the log of the database and not yet in its file.</summary>
    public long LogBytes => new FileInfo(Directory.Database + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <summary>Opens the store, making or migrating it where needed.</summary>
    /// <param name="directory">Where it lives.</param>
    /// <param name="time">The clock of the transactions.</param>
    /// <param name="events">Told of every change that is on disk.</param>
    /// <param name="log">For the person who runs the farm.</param>
    /// <param name="modules">The tables of the protocols, whether they are spoken or not.</param>
    /// <param name="slice">See <see cref="Slice"/>.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says why.</exception>
    public static FarmStore Open(
        DataDirectory directory, TimeProvider time, FarmEvents events, ILogger log, IReadOnlyList<ModuleSchema> modules, int slice = UsualSlice)
    {
        var held = DirectoryLock.Take(directory);
        try
        {
            var connection = DatabaseOpening.Open(directory, time, log, new Schema(Schema.Core, modules));
            var readers = new ReadPool(Connections.ReadOnly(directory.Database));
            return new FarmStore(directory, held, new WriteQueue(connection, time, events, log, slice), readers, slice);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="WriteQueue.RunAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<WriteTransaction, T> operation) => _writer.RunAsync(operation);

    /// <inheritdoc cref="WriteQueue.RunAsync{T}"/>
    public Task WriteAsync(Action<WriteTransaction> operation) => _writer.RunAsync(operation);

    /// <inheritdoc cref="ReadPool.Read{T}"/>
    public T Read<T>(Func<SqliteSession, T> query) => _readers.Read(query);

    /// <summary>Finishes what waits to be written, then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer last: whoever closes the file last brings the log into it.
        _readers.Dispose();
        await _writer.DisposeAsync();
        await _lock.DisposeAsync();
    }
}
