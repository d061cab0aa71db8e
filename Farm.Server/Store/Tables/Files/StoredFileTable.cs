using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Files;

/// <summary>
/// Reads and writes the rows of files in <see cref="Operations.Files.ContentStore"/>. Triggers count the references to each file (migration
/// 0009).
/// </summary>
internal static class StoredFileTable
{
    /// <summary>Records that a file is on disk, or was sent again.</summary>
    public static void Upsert(StoreSession db, string sha256, long size, long now) => db.Connection.Execute(
        """
        INSERT INTO stored_files (sha256, size, stored_at) VALUES (@sha256, @size, @now)
        ON CONFLICT (sha256) DO UPDATE SET size = @size, stored_at = @now
        """,
        new { sha256, size, now });

    /// <summary>Whether a file is stored.</summary>
    public static bool Exists(StoreSession db, string sha256) =>
        db.Connection.ExecuteScalar<long>("SELECT count(*) FROM stored_files WHERE sha256 = @sha256", new { sha256 }) > 0;

    /// <summary>The size of a stored file in bytes; null if it is not stored.</summary>
    public static long? SizeOf(StoreSession db, string sha256) =>
        db.Connection.QueryFirstOrDefault<long?>("SELECT size FROM stored_files WHERE sha256 = @sha256", new { sha256 });

    /// <summary>All stored files.</summary>
    public static HashSet<string> All(StoreSession db) => [.. db.Connection.Query<string>("SELECT sha256 FROM stored_files")];

    /// <summary>Unreferenced files last sent before a given time, oldest first.</summary>
    public static List<string> Unused(StoreSession db, long before, int count) => db.Connection.Query<string>(
        "SELECT sha256 FROM stored_files WHERE users = 0 AND stored_at < @before ORDER BY stored_at LIMIT @count", new { before, count }).AsList();

    /// <summary>Removes a file's row unless the file is referenced or was sent since a given time; returns whether it did.</summary>
    public static bool RemoveUnused(StoreSession db, string sha256, long before) => db.Connection.Execute(
        "DELETE FROM stored_files WHERE sha256 = @sha256 AND users = 0 AND stored_at < @before", new { sha256, before }) > 0;
}
