using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes tokens of tools and workers.</summary>
internal static class TokenTable
{
    private const string Tokens =
        """
        SELECT t.id, t.name, t.role, t.account_id, a.username, t.project_id, t.created_at, t.expires_at, t.last_used_at
        FROM tokens t LEFT JOIN accounts a ON a.id = t.account_id
        """;

    /// <summary>The unexpired token with this hash, or null.</summary>
    public static Token? ByHash(StoreSession db, byte[] hash, long now) => db.Connection.QueryFirstOrDefault<Token>(
        $"{Tokens} WHERE t.token_hash = @hash AND (t.expires_at IS NULL OR t.expires_at > @now)", new { hash, now });

    /// <summary>The token with this id, or null.</summary>
    public static Token? ById(StoreSession db, long id) => db.Connection.QueryFirstOrDefault<Token>($"{Tokens} WHERE t.id = @id", new { id });

    /// <summary>All tokens, expired ones too, or those of one account; in the order in which they were made.</summary>
    public static List<Token> All(StoreSession db, long? accountId) => (accountId is { } owner
        ? db.Connection.Query<Token>($"{Tokens} WHERE t.account_id = @owner ORDER BY t.id", new { owner })
        : db.Connection.Query<Token>($"{Tokens} ORDER BY t.id")).AsList();

    /// <summary>How many tokens an account has; without an account, how many the farm has.</summary>
    public static int Count(StoreSession db, long? accountId) => accountId is { } owner
        ? db.Connection.ExecuteScalar<int>("SELECT count(*) FROM tokens WHERE account_id = @owner", new { owner })
        : db.Connection.ExecuteScalar<int>("SELECT count(*) FROM tokens WHERE account_id IS NULL");

    /// <summary>Inserts a token and returns its id.</summary>
    public static long Insert(StoreSession db, byte[] hash, string name, Role role, long? accountId, long? projectId, long now, long? expiresAt) =>
        db.Connection.ExecuteScalar<long>(
            """
            INSERT INTO tokens (token_hash, name, role, account_id, project_id, created_at, expires_at)
            VALUES (@hash, @name, @role, @accountId, @projectId, @now, @expiresAt) RETURNING id
            """,
            new { hash, name, role, accountId, projectId, now, expiresAt });

    /// <summary>Remembers that a token was used.</summary>
    public static void SetUsed(StoreSession db, long id, long now) =>
        db.Connection.Execute("UPDATE tokens SET last_used_at = @now WHERE id = @id", new { id, now });

    /// <summary>Removes a token.</summary>
    public static void Remove(StoreSession db, long id) => db.Connection.Execute("DELETE FROM tokens WHERE id = @id", new { id });

    /// <summary>Removes all tokens of an account.</summary>
    public static void RemoveAll(StoreSession db, long accountId) =>
        db.Connection.Execute("DELETE FROM tokens WHERE account_id = @accountId", new { accountId });
}
