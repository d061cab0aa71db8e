using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes sign-in sessions. <see cref="AccountTable.OfSession"/> finds the account of a session.</summary>
internal static class SessionTable
{
    /// <summary>Inserts a session.</summary>
    public static void Insert(StoreSession db, byte[] tokenHash, long accountId, byte[]? nonce, string address, long now, long expiresAt) => db.Connection.Execute(
        """
        INSERT INTO sessions (token_hash, account_id, nonce, address, created_at, expires_at)
        VALUES (@tokenHash, @accountId, @nonce, @address, @now, @expiresAt)
        """,
        new { tokenHash, accountId, nonce, address, now, expiresAt });

    /// <summary>The unexpired sessions of an account, the newest first.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="current">The hash of the token of the current one; empty for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static List<Session> All(StoreSession db, long accountId, byte[] current, long now) => db.Connection.Query<Session>(
        """
        SELECT id, address, CASE WHEN nonce IS NULL THEN 0 ELSE 1 END AS is_lasting, created_at, seen_at, expires_at,
            CASE WHEN token_hash = @current THEN 1 ELSE 0 END AS is_current
        FROM sessions WHERE account_id = @accountId AND expires_at > @now ORDER BY created_at DESC, id DESC
        """,
        new { accountId, current, now }).AsList();

    /// <summary>Remembers that a session was used.</summary>
    public static void SetSeen(StoreSession db, long id, long now) =>
        db.Connection.Execute("UPDATE sessions SET seen_at = @now WHERE id = @id", new { id, now });

    /// <summary>Removes a session of an account; false if it has none of this id.</summary>
    public static bool Remove(StoreSession db, long accountId, long id) =>
        db.Connection.Execute("DELETE FROM sessions WHERE account_id = @accountId AND id = @id", new { accountId, id }) > 0;

    /// <summary>Removes all sessions of an account but one; returns how many.</summary>
    public static int RemoveOthers(StoreSession db, long accountId, byte[] tokenHash) => db.Connection.Execute(
        "DELETE FROM sessions WHERE account_id = @accountId AND token_hash <> @tokenHash", new { accountId, tokenHash });

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
