using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>Requests for a new password in the store.</summary>
internal static class PasswordRequestTable
{
    /// <summary>Writes a request in place of the older ones of the account.</summary>
    public static void Insert(SqliteSession db, Guid uuid, long accountId, long now)
    {
        db.Execute("DELETE FROM password_requests WHERE account_id = $1", accountId);
        db.Execute("INSERT INTO password_requests (uuid, account_id, created_at) VALUES ($1, $2, $3)", uuid, accountId, now);
    }

    /// <summary>Removes a request that was made after a moment, and answers with its account; null when there is none.</summary>
    public static long? Take(SqliteSession db, Guid uuid, long after) => db.First(
        "DELETE FROM password_requests WHERE uuid = $1 AND created_at > $2 RETURNING account_id", static row => (long?)row.GetInt64(0), uuid, after);
}
