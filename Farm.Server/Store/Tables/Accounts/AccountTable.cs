using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes accounts.</summary>
internal static class AccountTable
{
    /// <summary>The columns of an account <c>a</c>.</summary>
    public const string Columns = "a.id, a.uuid, a.username, a.is_active, a.is_administrator, a.created_at";

    private const string Accounts = $"SELECT {Columns} FROM accounts a";

    /// <summary>The account with this id, or null.</summary>
    public static Account? ById(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.id = @id", new { id });

    /// <summary>The account with this UUID, or null.</summary>
    public static Account? ByUuid(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.uuid = @uuid", new { uuid });

    /// <summary>The account with this name, case-sensitive, or null.</summary>
    public static Account? ByName(StoreSession db, string username) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.username = @username", new { username });

    /// <summary>An account and the hash of its password, by name; null if there is none.</summary>
    public static (Account Account, string PasswordHash)? WithPassword(StoreSession db, string username) =>
        ByName(db, username) is { } account
            ? (account, db.Connection.QueryFirst<string>("SELECT password_hash FROM accounts WHERE id = @id", new { account.Id }))
            : null;

    /// <summary>All accounts, in order of registration.</summary>
    public static List<Account> All(StoreSession db) => db.Connection.Query<Account>($"{Accounts} ORDER BY a.id").AsList();

    /// <summary>The number of administrators.</summary>
    public static int Administrators(StoreSession db) =>
        db.Connection.ExecuteScalar<int>("SELECT count(*) FROM accounts WHERE is_administrator = 1");

    /// <summary>Inserts an account and returns its id.</summary>
    public static long Insert(StoreSession db, Guid uuid, string username, string passwordHash, bool isActive, bool isAdministrator, long now) =>
        db.Connection.ExecuteScalar<long>(
            """
            INSERT INTO accounts (uuid, username, password_hash, is_active, is_administrator, created_at)
            VALUES (@uuid, @username, @passwordHash, @isActive, @isAdministrator, @now) RETURNING id
            """,
            new { uuid, username, passwordHash, isActive, isAdministrator, now });

    /// <summary>Sets whether an account may sign in, and whether it is an administrator.</summary>
    public static void SetAccess(StoreSession db, long id, bool isActive, bool isAdministrator) => db.Connection.Execute(
        "UPDATE accounts SET is_active = @isActive, is_administrator = @isAdministrator WHERE id = @id", new { id, isActive, isAdministrator });

    /// <summary>Sets the hash of a new password.</summary>
    public static void SetPassword(StoreSession db, long id, string passwordHash) =>
        db.Connection.Execute("UPDATE accounts SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash });

    /// <summary>The account of the unexpired session with this token hash, and when the session expires; null if there is none.</summary>
    public static (Account Account, long ExpiresAt)? OfSession(StoreSession db, byte[] tokenHash, long now) =>
        db.Connection.QueryFirstOrDefault<SessionAccount>(
            $"""
            SELECT {Columns}, s.expires_at FROM sessions s JOIN accounts a ON a.id = s.account_id
            WHERE s.token_hash = @tokenHash AND s.expires_at > @now
            """,
            new { tokenHash, now }) is { } found
            ? (new Account(found.Id, found.Uuid, found.Username, found.IsActive, found.IsAdministrator, found.CreatedAt), found.ExpiresAt)
            : null;

    private sealed record SessionAccount(
        long Id, Guid Uuid, string Username, bool IsActive, bool IsAdministrator, long CreatedAt, long ExpiresAt);
}
