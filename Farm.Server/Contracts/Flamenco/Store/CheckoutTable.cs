using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Flamenco.Store;

/// <summary>Checkouts of jobs.</summary>
internal static class CheckoutTable
{
    /// <summary>The checkout of a job; null when it has none, or when another job uses it or a directory above or below it.</summary>
    public static string? FindUnshared(StoreSession db, Guid job) => db.Connection.QueryFirstOrDefault<string>(
        """
        SELECT j.storage FROM jobs j
        WHERE j.uuid = @job AND j.storage IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM jobs other
          WHERE other.id <> j.id AND other.storage IS NOT NULL AND (
            substr(lower(other.storage) || '/', 1, length(j.storage) + 1) = lower(j.storage) || '/'
            OR substr(lower(j.storage) || '/', 1, length(other.storage) + 1) = lower(other.storage) || '/'))
        """,
        new { job });

    /// <summary>Clears the checkout of a job.</summary>
    public static void Forget(StoreSession db, Guid job) =>
        db.Connection.Execute("UPDATE jobs SET storage = NULL WHERE uuid = @job", new { job });
}
