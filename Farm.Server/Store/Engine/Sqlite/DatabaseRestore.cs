using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Replaces the database of a stopped farm with a backup. Nothing is changed unless the backup is good, and what is replaced is kept. After a crash at
/// any point, either database is in place, or the server refuses to start because it is missing and the restore can be repeated.
/// </summary>
internal static class DatabaseRestore
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    /// <summary>Restores a backup.</summary>
    /// <param name="directory">The data directory; the caller holds its lock.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="time">The clock for the name of what is replaced.</param>
    /// <param name="schema">The schema of this program.</param>
    /// <returns>Where the replaced database is; null if there was none.</returns>
    /// <exception cref="StoreException">The backup must not be used, or the files could not be written; the message says why.</exception>
    public static string? Run(DataDirectory directory, string backup, TimeProvider time, Schema schema)
    {
        if (Path.GetFullPath(backup) == directory.Database) throw new StoreException($"{backup} is the farm's own database; name a backup.");
        var copy = directory.Database + ".restoring";
        try
        {
            DatabaseOpener.CheckBackup(backup, schema);
            File.Delete(copy);
            DatabaseBackup.Write(backup, copy);
            var kept = SetAside(directory, time);
            File.Move(copy, directory.Database);
            DatabaseOpener.WriteMarker(directory, time);
            return kept;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Cannot restore {backup} into {directory.Root}: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Moves the present database into a folder of the backups. Its log belongs to it: without it, changes would be missing.</summary>
    private static string? SetAside(DataDirectory directory, TimeProvider time)
    {
        var present = Suffixes.Select(suffix => directory.Database + suffix).Where(File.Exists).ToList();
        if (present.Count == 0) return null;
        EmptyLog(directory.Database);
        var name = "replaced-" + time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var kept = Directory.CreateDirectory(Path.Combine(directory.Backups, name)).FullName;
        foreach (var file in present.Where(File.Exists)) File.Move(file, Path.Combine(kept, Path.GetFileName(file)));
        return Path.Combine(kept, Path.GetFileName(directory.Database));
    }

    /// <summary>Writes the log of a database into it, so that one file has everything. A damaged database keeps its log.</summary>
    private static void EmptyLog(string database)
    {
        if (!File.Exists(database)) return;
        try
        {
            using var connection = new SqliteConnection(Connections.Writer(database));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // Damaged, perhaps; then its files are kept as they are.
        }
    }
}
