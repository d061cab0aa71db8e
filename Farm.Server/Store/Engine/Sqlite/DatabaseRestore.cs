using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>
/// Replaces the database of a stopped farm with a backup, in two steps. After a crash at any point, either database is in place, or there is none, and
/// the steps can be repeated.
/// </summary>
internal static class DatabaseRestore
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    /// <summary>Checks a backup and copies it next to the database, which stays as it is.</summary>
    /// <param name="directory">The data directory; the caller holds its lock.</param>
    /// <param name="backup">The database of the backup.</param>
    /// <param name="schema">The schema of this program.</param>
    /// <exception cref="StoreException">The backup must not be used; the message says why.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static void Prepare(DataDirectory directory, string backup, Schema schema)
    {
        if (Path.GetFullPath(backup) == directory.Database) throw new StoreException($"{backup} is the farm's own database; name a backup.");
        DatabaseOpener.CheckBackup(backup, schema);
        Discard(directory);
        DatabaseBackup.Write(backup, Prepared(directory));
    }

    /// <summary>Moves the present database away, and the copy into its place.</summary>
    /// <param name="directory">The data directory; the caller holds its lock.</param>
    /// <param name="kept">The folder for the present database, which exists. If it has one already, the present database is the restored one.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A file cannot be moved.</exception>
    public static void Replace(DataDirectory directory, string kept, TimeProvider time)
    {
        var isDone = File.Exists(Path.Combine(kept, Path.GetFileName(directory.Database))) && File.Exists(directory.Database);
        if (!isDone)
        {
            SetAside(directory, kept);
            File.Move(Prepared(directory), directory.Database);
        }

        DatabaseOpener.WriteMarker(directory, time);
    }

    /// <summary>Removes the copy of <see cref="Prepare"/>, if there is one.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Discard(DataDirectory directory) => File.Delete(Prepared(directory));

    private static string Prepared(DataDirectory directory) => directory.Database + ".restoring";

    /// <summary>The log of the present database belongs to it: without it, changes would be missing.</summary>
    private static void SetAside(DataDirectory directory, string kept)
    {
        EmptyLog(directory.Database);
        foreach (var file in Suffixes.Select(suffix => directory.Database + suffix).Where(File.Exists)) File.Move(file, Path.Combine(kept, Path.GetFileName(file)));
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
