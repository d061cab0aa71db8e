using Dapper;
using Farm.Server.Domain.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Audit;

/// <summary>Adds to the audit. Entries never change; only <see cref="RemoveOld"/> removes them.</summary>
internal static class AuditTable
{
    private const string Insert =
        """
        INSERT INTO audit (at, account_id, who, address, via, verb, target_kind, target_id, target_name, old_value, new_value, refusal, times)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    /// <summary>Adds an entry; its id is assigned.</summary>
    public static void Add(StoreSession db, AuditEntry entry) => db.Later(
        Insert, entry.At, entry.AccountId, entry.Who, entry.Address, entry.Via, entry.Verb, entry.Target.Kind, entry.Target.Id, entry.Target.Name,
        entry.Before, entry.After, entry.Refusal, entry.Times);

    /// <summary>Removes up to a number of entries that were written before a time (unix milliseconds), the oldest first; returns how many.</summary>
    public static int RemoveOld(StoreSession db, long time, int most) => db.Connection.Execute(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < @time ORDER BY at LIMIT @most)", new { time, most });
}
