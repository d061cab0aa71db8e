using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Sessions of people in the store. Who has one is asked of <see cref="AccountTable.OfSession"/>.</summary>
internal static class SessionTable
{
    /// <summary>Writes a new session.</summary>
    public static void Insert(SqliteSession db, byte[] tokenHash, long accountId, byte[]? nonce, long now, long expiresAt) => db.Execute(
        "INSERT INTO sessions (token_hash, account_id, nonce, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        tokenHash, accountId, nonce, now, expiresAt);

    /// <summary>The nonce of the lasting session of an account that has not expired; null when there is none.</summary>
    public static byte[]? Nonce(SqliteSession db, long accountId, long now) => db.First(
        "SELECT nonce FROM sessions WHERE account_id = $1 AND nonce IS NOT NULL AND expires_at > $2", static row => row.GetBytes(0), accountId, now);

    /// <summary>Writes when a session expires; returns whether there was one that had not.</summary>
    public static bool Renew(SqliteSession db, byte[] tokenHash, long now, long expiresAt) =>
        db.Execute("UPDATE sessions SET expires_at = $3 WHERE token_hash = $1 AND expires_at > $2", tokenHash, now, expiresAt) > 0;

    /// <summary>Removes a session.</summary>
    public static void Remove(SqliteSession db, byte[] tokenHash) => db.Execute("DELETE FROM sessions WHERE token_hash = $1", tokenHash);

    /// <summary>Removes the lasting session of an account.</summary>
    public static void RemoveLasting(SqliteSession db, long accountId) =>
        db.Execute("DELETE FROM sessions WHERE account_id = $1 AND nonce IS NOT NULL", accountId);

    /// <summary>Removes all sessions of an account.</summary>
    public static void RemoveAll(SqliteSession db, long accountId) => db.Execute("DELETE FROM sessions WHERE account_id = $1", accountId);

    /// <summary>Removes sessions that have expired, at most so many; returns how many.</summary>
    public static int RemoveExpired(SqliteSession db, long now, int most) => db.Execute(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)", now, most);
}
