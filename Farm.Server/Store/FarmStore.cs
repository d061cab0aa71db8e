using Farm.Server.Domain.Events;
using Farm.Server.Store.Opening;
using Farm.Server.Store.Reading;
using Farm.Server.Store.Writing;

namespace Farm.Server.Store;

/// <summary>The open store of a farm: one writer, many readers, one data directory, for as long as the server runs.</summary>
internal sealed class FarmStore : IAsyncDisposable
{
    private readonly WriteQueue _writer;
    private readonly ReadPool _readers;
    private readonly FileStream _lock;

    private FarmStore(DataDirectory directory, FileStream held, WriteQueue writer, ReadPool readers)
    {
        Directory = directory;
        _lock = held;
        _writer = writer;
        _readers = readers;
    }

    /// <summary>Where it lives.</summary>
    public DataDirectory Directory { get; }

    /// <summary>Opens the store, making or migrating it where needed.</summary>
    /// <exception cref="StoreRefusedException">It cannot be opened; the message says why.</exception>
    public static FarmStore Open(DataDirectory directory, TimeProvider time, FarmEvents events, ILogger log)
    {
        var held = DirectoryLock.Take(directory);
        try
        {
            var connection = DatabaseOpening.Open(directory, time, log);
            return new FarmStore(
                directory, held, new WriteQueue(connection, time, events, log), new ReadPool(Connections.ReadOnly(directory.Database)));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="WriteQueue.Run{T}"/>
    public Task<T> Write<T>(Func<WriteTransaction, T> operation) => _writer.Run(operation);

    /// <inheritdoc cref="WriteQueue.Run{T}"/>
    public Task Write(Action<WriteTransaction> operation) => _writer.Run(operation);

    /// <inheritdoc cref="ReadPool.Read{T}"/>
    public T Read<T>(Func<Statements, T> query) => _readers.Read(query);

    /// <summary>Finishes what waits to be written, then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        // The writer last: whoever closes the file last brings the log into it.
        _readers.Dispose();
        await _writer.DisposeAsync();
        await _lock.DisposeAsync();
    }
}
