using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>Where workers are called when a seed is released (Contracts/Aspire/Contract.md section 5.4).</summary>
internal static class WorkerUrlTable
{
    /// <summary>Remembers where a worker listens.</summary>
    public static void Set(SqliteSession db, long workerId, string url) => db.Execute(
        "INSERT INTO worker_urls (worker_id, url) VALUES ($1, $2) ON CONFLICT (worker_id) DO UPDATE SET url = excluded.url", workerId, url);

    /// <summary>The workers that said where they listen, with their names; removed ones are not among them.</summary>
    public static List<(string Name, string Url)> All(SqliteSession db) => db.All(
        "SELECT w.name, u.url FROM worker_urls u JOIN workers w ON w.id = u.worker_id WHERE w.deleted_at IS NULL ORDER BY w.id",
        static row => (row.GetString(0), row.GetString(1)));
}
