using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.Flamenco.Store;

/// <summary>Checkouts of jobs.</summary>
internal static class CheckoutTable
{
    /// <summary>The checkout of a job; null when it has none, or when another job uses it or a directory above or below it.</summary>
    public static string? FindUnshared(SqliteSession db, Guid job) => db.Connection.QueryFirstOrDefault<string>(
        """
        SELECT j.shaman_checkout_id FROM jobs j
        WHERE j.uuid = @job AND j.shaman_checkout_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM jobs other
          WHERE other.id <> j.id AND other.shaman_checkout_id IS NOT NULL AND (
            substr(lower(other.shaman_checkout_id) || '/', 1, length(j.shaman_checkout_id) + 1) = lower(j.shaman_checkout_id) || '/'
            OR substr(lower(j.shaman_checkout_id) || '/', 1, length(other.shaman_checkout_id) + 1) = lower(other.shaman_checkout_id) || '/'))
        """,
        new { job });

    /// <summary>Clears the checkout of a job.</summary>
    public static void Forget(SqliteSession db, Guid job) =>
        db.Connection.Execute("UPDATE jobs SET shaman_checkout_id = NULL WHERE uuid = @job", new { job });
}
