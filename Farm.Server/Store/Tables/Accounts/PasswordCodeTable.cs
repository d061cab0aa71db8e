using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes the codes with which people set a password. An account has at most one.</summary>
internal static class PasswordCodeTable
{
    /// <summary>The code of an account, expired or not; null if it has none.</summary>
    public static PasswordCode? Of(StoreSession db, long accountId) => db.Connection.QueryFirstOrDefault<PasswordCode>(
        "SELECT account_id, is_invitation, expires_at FROM password_codes WHERE account_id = @accountId", new { accountId });

    /// <summary>The unexpired code with this hash, or null.</summary>
    public static PasswordCode? ByHash(StoreSession db, byte[] hash, long now) => db.Connection.QueryFirstOrDefault<PasswordCode>(
        "SELECT account_id, is_invitation, expires_at FROM password_codes WHERE code_hash = @hash AND expires_at > @now", new { hash, now });

    /// <summary>Sets the code of an account; an older one is gone.</summary>
    public static void Set(StoreSession db, long accountId, byte[] hash, bool isInvitation, long expiresAt) => db.Connection.Execute(
        """
        INSERT INTO password_codes (account_id, code_hash, is_invitation, expires_at) VALUES (@accountId, @hash, @isInvitation, @expiresAt)
        ON CONFLICT (account_id) DO UPDATE SET code_hash = excluded.code_hash, is_invitation = excluded.is_invitation, expires_at = excluded.expires_at
        """,
        new { accountId, hash, isInvitation, expiresAt });

    /// <summary>Removes the code of an account.</summary>
    public static void Remove(StoreSession db, long accountId) =>
        db.Connection.Execute("DELETE FROM password_codes WHERE account_id = @accountId", new { accountId });
}
