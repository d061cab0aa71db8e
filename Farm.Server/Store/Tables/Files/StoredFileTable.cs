using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Files;

/// <summary>
/// The contents that <see cref="Operations.Files.ContentStore"/> keeps. How many rows elsewhere name one is counted by triggers (migration 0009).
/// </summary>
internal static class StoredFileTable
{
    /// <summary>Notes that a content is on disk, or was sent once more.</summary>
    public static void Note(SqliteSession db, string sha256, long size, long now) => db.Connection.Execute(
        """
        INSERT INTO stored_files (sha256, size, stored_at) VALUES (@sha256, @size, @now)
        ON CONFLICT (sha256) DO UPDATE SET size = @size, stored_at = @now
        """,
        new { sha256, size, now });

    /// <summary>Whether a content is known.</summary>
    public static bool Exists(SqliteSession db, string sha256) =>
        db.Connection.ExecuteScalar<long>("SELECT count(*) FROM stored_files WHERE sha256 = @sha256", new { sha256 }) > 0;

    /// <summary>Contents that nothing names and that were last sent before a given time, the oldest first.</summary>
    public static List<string> Unused(SqliteSession db, long before, int count) => db.Connection.Query<string>(
        "SELECT sha256 FROM stored_files WHERE users = 0 AND stored_at < @before ORDER BY stored_at LIMIT @count", new { before, count }).AsList();

    /// <summary>Forgets a content unless something names it or it was sent since a given time. Answers whether it did.</summary>
    public static bool RemoveUnused(SqliteSession db, string sha256, long before) => db.Connection.Execute(
        "DELETE FROM stored_files WHERE sha256 = @sha256 AND users = 0 AND stored_at < @before", new { sha256, before }) > 0;
}
