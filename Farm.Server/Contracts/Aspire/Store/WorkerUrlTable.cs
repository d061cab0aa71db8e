using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>The registered URL of a worker.</summary>
/// <param name="Name">The worker's name.</param>
/// <param name="Url">Its URL.</param>
internal sealed record WorkerUrl(string Name, string Url);

/// <summary>The URLs to call when a seed is released (Contracts/Aspire/Contract.md section 5.4).</summary>
internal static class WorkerUrlTable
{
    /// <summary>Sets the URL of a worker.</summary>
    public static void Set(StoreSession db, long worker, string url) => db.Connection.Execute(
        "INSERT INTO worker_urls (worker_id, url) VALUES (@worker, @url) ON CONFLICT (worker_id) DO UPDATE SET url = excluded.url",
        new { worker, url });

    /// <summary>The URLs of all workers that are not deleted.</summary>
    public static List<WorkerUrl> All(StoreSession db) => db.Connection.Query<WorkerUrl>(
        "SELECT w.name, u.url FROM worker_urls u JOIN workers w ON w.id = u.worker_id WHERE w.deleted_at IS NULL ORDER BY w.id").AsList();
}
