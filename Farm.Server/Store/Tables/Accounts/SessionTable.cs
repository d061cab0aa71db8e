using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes sign-in sessions. <see cref="AccountTable.OfSession"/> finds the account of a session.</summary>
internal static class SessionTable
{
    /// <summary>Inserts a session.</summary>
    public static void Insert(StoreSession db, byte[] tokenHash, long accountId, byte[]? nonce, long now, long expiresAt) => db.Connection.Execute(
        """
        INSERT INTO sessions (token_hash, account_id, nonce, created_at, expires_at) VALUES (@tokenHash, @accountId, @nonce, @now, @expiresAt)
        """,
        new { tokenHash, accountId, nonce, now, expiresAt });

    /// <summary>The nonce of the account's unexpired lasting session; null if there is none.</summary>
    public static byte[]? Nonce(StoreSession db, long accountId, long now) => db.Connection.QueryFirstOrDefault<byte[]>(
        "SELECT nonce FROM sessions WHERE account_id = @accountId AND nonce IS NOT NULL AND expires_at > @now", new { accountId, now });

    /// <summary>Sets when a session expires; false if it does not exist or has already expired.</summary>
    public static bool Renew(StoreSession db, byte[] tokenHash, long now, long expiresAt) => db.Connection.Execute(
        "UPDATE sessions SET expires_at = @expiresAt WHERE token_hash = @tokenHash AND expires_at > @now", new { tokenHash, now, expiresAt }) > 0;

    /// <summary>Removes a session.</summary>
    public static void Remove(StoreSession db, byte[] tokenHash) =>
        db.Connection.Execute("DELETE FROM sessions WHERE token_hash = @tokenHash", new { tokenHash });

    /// <summary>Removes the lasting session of an account.</summary>
    public static void RemoveLasting(StoreSession db, long accountId) =>
        db.Connection.Execute("DELETE FROM sessions WHERE account_id = @accountId AND nonce IS NOT NULL", new { accountId });

    /// <summary>Removes all sessions of an account.</summary>
    public static void RemoveAll(StoreSession db, long accountId) =>
        db.Connection.Execute("DELETE FROM sessions WHERE account_id = @accountId", new { accountId });

    /// <summary>Removes up to <paramref name="most"/> expired sessions; returns how many.</summary>
    public static int RemoveExpired(StoreSession db, long now, int most) => db.Connection.Execute(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= @now ORDER BY expires_at LIMIT @most)", new { now, most });
}
