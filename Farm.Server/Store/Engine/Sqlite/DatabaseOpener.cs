using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Opens the database for the writer, after checking that it is a farm's database and not damaged.</summary>
internal static class DatabaseOpener
{
    /// <summary>"FARM" in ASCII, as <c>PRAGMA application_id</c>.</summary>
    private const int ApplicationId = 0x4641524D;

    /// <summary>Maximum size in bytes for a full check, which takes a tenth of a second at this size.</summary>
    private const long MaxFullCheckBytes = 16 << 20;

    /// <summary>Opens, checks and migrates.</summary>
    /// <exception cref="StoreException">The file must not be used; the message says why.</exception>
    public static SqliteConnection Open(DataDirectory directory, TimeProvider time, ILogger log, Schema schema)
    {
        var exists = File.Exists(directory.Database) && new FileInfo(directory.Database).Length > 0;
        if (!exists && File.Exists(directory.Marker))
        {
            throw new StoreException(
                $"The database farm.db is missing from {directory.Root}. Restore a backup with \"farm restore\" (there may be some in {directory.Backups}), " +
                "or delete farm.id to start an empty farm.");
        }

        var connection = new SqliteConnection(Connections.Writer(directory.Database));
        try
        {
            connection.Open();
            log.LogInformation("Using database {Database}, SQLite {Version}", directory.Database, Text(connection, "SELECT sqlite_version()"));
            RequireWritable(connection, directory);
            // If the very first start was interrupted, the file exists but is empty.
            exists = exists && Number(connection, "SELECT count(*) FROM sqlite_schema") > 0;
            var upgrade = new SchemaUpgrade(connection, schema);
            if (exists) Check(connection, directory, upgrade);
            Configure(connection);
            Migrate(connection, directory, exists, upgrade, time, log);
            WriteMarker(directory, time);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new StoreException(
                $"Cannot use the database {directory.Database}: {failure.Message} To go back to a backup (there may be some in {directory.Backups}), use \"farm restore\".", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new StoreException($"Cannot use the data directory {directory.Root}: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens and checks a database of this version without changing it.</summary>
    /// <exception cref="StoreException">It is missing or must not be used; the message says why.</exception>
    public static SqliteConnection OpenUpToDate(DataDirectory directory, Schema schema)
    {
        if (!File.Exists(directory.Database)) throw new StoreException($"There is no farm.db in {directory.Root}; check --data.");
        var connection = new SqliteConnection(Connections.Writer(directory.Database));
        try
        {
            connection.Open();
            RequireWritable(connection, directory);
            var upgrade = new SchemaUpgrade(connection, schema);
            Check(connection, directory, upgrade);
            if (upgrade.IsNeeded) throw new StoreException($"{directory.Database} was written by an older version; start the server once, which upgrades it.");
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new StoreException($"Cannot use the database {directory.Database}: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Checks a backup completely, without changing it.</summary>
    /// <exception cref="StoreException">It is not a backup of a farm, is damaged, or is of a newer version.</exception>
    public static void CheckBackup(string file, Schema schema)
    {
        try
        {
            using var connection = new SqliteConnection(Connections.ReadOnly(file));
            connection.Open();
            if (Number(connection, "PRAGMA application_id") != ApplicationId) throw new StoreException($"{file} is not a backup of a farm.");
            if (new SchemaUpgrade(connection, schema).Newer is { } newer)
                throw new StoreException($"{file} was written by a newer version ({newer}); restore it with that version.");
            if (Text(connection, "PRAGMA quick_check(1)") is var result and not "ok") throw new StoreException($"{file} is damaged ({result.ReplaceLineEndings("; ")}); choose another backup.");
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{file} is not a good backup: {failure.Message}", failure);
        }
    }

    /// <summary>Writes the file that says that there is a database, unless it exists.</summary>
    public static void WriteMarker(DataDirectory directory, TimeProvider time)
    {
        if (!File.Exists(directory.Marker)) File.WriteAllText(directory.Marker, $"{Guid.CreateVersion7(time.GetUtcNow())}\n");
    }

    /// <summary>SQLite silently opens for reading what it may not write.</summary>
    private static void RequireWritable(SqliteConnection connection, DataDirectory directory)
    {
        if (DatabaseFile.IsReadOnly(connection.Handle!))
        {
            throw new StoreException(
                $"{directory.Database} can be read, but not written: it belongs to another account, or its disk is read-only. Start the server with the account that owns it.");
        }
    }

    private static void Check(SqliteConnection connection, DataDirectory directory, SchemaUpgrade upgrade)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new StoreException($"{directory.Database} is not a farm's database; choose another --data.");
        if (upgrade.Newer is { } newer) throw new StoreException($"{directory.Database} was written by a newer version ({newer}); upgrade the server.");

        // A full check of a big file takes minutes, so it is only checked for truncation, the most common damage.
        var size = Number(connection, "PRAGMA page_count") * Number(connection, "PRAGMA page_size");
        var logged = File.Exists(directory.Database + "-wal");
        if (!logged && new FileInfo(directory.Database).Length < size)
        {
            throw new StoreException(
                $"{directory.Database} is damaged (truncated); restore a backup with \"farm restore\" (there may be some in {directory.Backups}).");
        }

        if (size <= MaxFullCheckBytes && Text(connection, "PRAGMA quick_check(1)") is var result and not "ok")
            throw new StoreException($"{directory.Database} is damaged ({result.ReplaceLineEndings("; ")}); restore a backup with \"farm restore\" (there may be some in {directory.Backups}).");
    }

    private static void Configure(SqliteConnection connection)
    {
        // FULL: acknowledged writes survive a power cut. Only the writer checkpoints, every 1,000 pages.
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "PRAGMA wal_autocheckpoint = 1000");
        Run(connection, "PRAGMA journal_size_limit = 67108864");
        Run(connection, "PRAGMA foreign_keys = ON");
        Run(connection, "PRAGMA cache_size = -65536");
        Run(connection, "PRAGMA temp_store = MEMORY");
    }

    private static void Migrate(
        SqliteConnection connection, DataDirectory directory, bool exists, SchemaUpgrade upgrade, TimeProvider time, ILogger log)
    {
        foreach (var module in upgrade.UnknownModules) log.LogWarning("The database has tables of {Module}, which is not part of this version; they are left unchanged", module);
        if (!upgrade.IsNeeded) return;
        if (exists && upgrade.Present > 0)
        {
            var copy = Path.Combine(directory.Backups, $"before-{upgrade.Name}-{time.GetUtcNow():yyyyMMdd-HHmmss}.db");
            DatabaseBackup.Write(directory.Database, copy);
            log.LogInformation("Upgrading the database from schema {Present} to {Newest}; backup: {Copy}", upgrade.Present, upgrade.Name, copy);
        }

        Run(connection, $"PRAGMA application_id = {ApplicationId}");
        upgrade.Run();
    }

    private static long Number(SqliteConnection connection, string sql) => (long)Scalar(connection, sql);

    private static string Text(SqliteConnection connection, string sql) => (string)Scalar(connection, sql);

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
