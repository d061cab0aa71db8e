namespace Farm.Server.Store.Engine;

/// <summary>A database engine, open for a farm. Everything else about the store is the same for all engines.</summary>
internal interface IStoreEngine : IDisposable
{
    /// <summary>The size in bytes of the log that is not yet in the database file; 0 where the farm has no such log.</summary>
    long LogBytes { get; }

    /// <summary>Whether several managers may use the database at once.</summary>
    bool IsShared { get; }

    /// <summary>The largest number of reads at once; more wait.</summary>
    int MaxReaders { get; }

    /// <summary>What clients are told when a write fails because of the database, and nothing was saved: what happened and what to do.</summary>
    string Unwritable(Exception failure);

    /// <summary>What clients are told when a read fails because of the database.</summary>
    string Unreadable(Exception? failure);

    /// <summary>What the log advises when a write fails because of the database, as a sentence.</summary>
    string Advice { get; }

    /// <summary>Opens the connection of the writer.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached.</exception>
    StoreSession OpenWriter();

    /// <summary>Opens a read-only connection.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached.</exception>
    StoreSession OpenReader();

    /// <summary>Receives the messages of all managers (<see cref="StoreSession.Notify"/>) until the result is disposed.</summary>
    /// <param name="receive">Called with each message, one at a time; with null when some may have been missed.</param>
    /// <returns>Null where there can be no other managers.</returns>
    IDisposable? Listen(Action<string?> receive);

    /// <summary>Writes a consistent copy of the database while it is in use, and verifies it.</summary>
    /// <param name="file">The new file; must not exist.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="IOException">The copy could not be written, or is damaged.</exception>
    /// <exception cref="Domain.FarmException">The engine has its own tools for backups.</exception>
    long WriteBackup(string file);
}
