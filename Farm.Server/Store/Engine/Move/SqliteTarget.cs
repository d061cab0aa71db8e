using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Farm.Server.Store.Engine.Move;

/// <summary>A new <c>farm.db</c>. It is written in a directory of its own and gets its place only when it is complete.</summary>
internal sealed class SqliteTarget : SqliteSide, IMoveTarget
{
    private const string PartialDirectory = "move.part";
    private const int EnableTriggers = 1003; // SQLITE_DBCONFIG_ENABLE_TRIGGER

    private readonly DataDirectory _directory;
    private readonly DataDirectory _partial;

    private SqliteTarget(DataDirectory directory, DataDirectory partial, SqliteConnection connection)
        : base(directory.Database, connection)
    {
        _directory = directory;
        _partial = partial;
    }

    /// <summary>Creates the tables.</summary>
    /// <param name="directory">The data directory, which this process has locked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="schema">The migrations of this build.</param>
    /// <exception cref="StoreException">The data directory already has a database, or cannot be written.</exception>
    public static SqliteTarget Create(DataDirectory directory, TimeProvider time, Schema schema)
    {
        // A write-ahead log without its database would be applied to the new one.
        string[] names = [directory.Database, directory.Database + "-wal"];
        if (names.FirstOrDefault(File.Exists) is { } existing) throw new StoreException($"{existing} exists already; move it away first, or rename it.");
        var partial = new DataDirectory(Path.Combine(directory.Root, PartialDirectory));
        try
        {
            // What a killed move left.
            Delete(partial);
            Directory.CreateDirectory(partial.Root);
            DatabaseOpener.Open(partial, time, NullLogger.Instance, schema).Dispose();
            return Open(directory, partial);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            Delete(partial);
            throw new StoreException($"Cannot write into the data directory {directory.Root}: {failure.Message}", failure);
        }
        catch
        {
            Delete(partial);
            throw;
        }
    }

    /// <inheritdoc/>
    public void BeginCopy(IReadOnlyList<MoveTable> tables)
    {
        Session.BeginWrite();
        foreach (var table in tables) Session.Execute($"DELETE FROM {table.QuotedName}");
    }

    /// <inheritdoc/>
    public IMoveWriter Write(MoveTable table) => new SqliteWriter(Session, table);

    /// <inheritdoc/>
    public void EndCopy(IReadOnlyList<MoveTable> tables)
    {
        var broken = Session.First(
            "SELECT \"table\", parent FROM pragma_foreign_key_check",
            row => $"A row of {row.GetString(0)} references a missing row of {row.GetString(1)}, so the farm cannot be moved.");
        if (broken is not null) throw new StoreException(broken);
        Session.Commit();
    }

    /// <inheritdoc/>
    public void Keep()
    {
        Session.Dispose();
        File.Move(_partial.Database, _directory.Database);
        if (!File.Exists(_directory.Marker)) File.Move(_partial.Marker, _directory.Marker);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Session.Dispose();
        Delete(_partial);
    }

    private static SqliteTarget Open(DataDirectory directory, DataDirectory partial)
    {
        var connection = new SqliteConnection(Connections.Writer(partial.Database));
        try
        {
            connection.Open();
            var target = new SqliteTarget(directory, partial, connection);
            // No journal, because a file that is not complete is deleted.
            target.Session.Execute("PRAGMA journal_mode = OFF");
            target.Session.Execute("PRAGMA synchronous = FULL");
            target.Session.Execute("PRAGMA foreign_keys = OFF");
            target.Session.Execute("PRAGMA cache_size = -262144");
            _ = raw.sqlite3_db_config(connection.Handle!, EnableTriggers, 0, out _);
            return target;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Delete(DataDirectory partial)
    {
        if (Directory.Exists(partial.Root)) Directory.Delete(partial.Root, recursive: true);
    }
}
