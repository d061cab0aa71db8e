using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>Generates ids of seeds, entries and batches, unique across restarts (Contracts/Aspire/Contract.md section 4).</summary>
internal static class TimestampIdTable
{
    /// <summary>Generates consecutive ids.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>The first id.</returns>
    public static long Next(StoreSession db, long now, int count = 1) => db.Number(
        "UPDATE minted_ids SET last = CASE WHEN $1 > last THEN $1 ELSE last + 1 END + $2 - 1 WHERE id = 1 RETURNING last", now, count) - count + 1;
}
