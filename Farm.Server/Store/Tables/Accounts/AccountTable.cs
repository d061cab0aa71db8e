using Dapper;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>Reads and writes accounts.</summary>
internal static class AccountTable
{
    /// <summary>The columns of an account <c>a</c>.</summary>
    public const string Columns = "a.id, a.uuid, a.username, a.is_active, a.role, a.created_at";

    private const string Accounts = $"SELECT {Columns} FROM accounts a";

    /// <summary>The account with this id, or null.</summary>
    public static Account? ById(StoreSession db, long id) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.id = @id AND a.removed_at IS NULL", new { id });

    /// <summary>The account with this UUID, or null.</summary>
    public static Account? ByUuid(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.uuid = @uuid AND a.removed_at IS NULL", new { uuid });

    /// <summary>The account with this name, case-sensitive, or null.</summary>
    public static Account? ByName(StoreSession db, string username) =>
        db.Connection.QueryFirstOrDefault<Account>($"{Accounts} WHERE a.username = @username AND a.removed_at IS NULL", new { username });

    /// <summary>An account and the hash of its password, by name; null if there is none.</summary>
    public static (Account Account, string PasswordHash)? WithPassword(StoreSession db, string username) =>
        ByName(db, username) is { } account
            ? (account, PasswordHash(db, account.Id))
            : null;

    /// <summary>All accounts, in order of registration.</summary>
    public static List<Account> All(StoreSession db) => db.Connection.Query<Account>($"{Accounts} WHERE a.removed_at IS NULL ORDER BY a.id").AsList();

    /// <summary>The hash of the password of an account.</summary>
    public static string PasswordHash(StoreSession db, long id) =>
        db.Connection.QueryFirst<string>("SELECT password_hash FROM accounts WHERE id = @id", new { id });

    /// <summary>The number of administrators who may sign in.</summary>
    public static int Administrators(StoreSession db) =>
        db.Connection.ExecuteScalar<int>("SELECT count(*) FROM accounts WHERE role = @administrator AND is_active = 1", new { administrator = Role.Administrator });

    /// <summary>Inserts an account and returns its id.</summary>
    public static long Insert(StoreSession db, Guid uuid, string username, string passwordHash, bool isActive, Role role, long now) =>
        db.Connection.ExecuteScalar<long>(
            """
            INSERT INTO accounts (uuid, username, password_hash, is_active, role, created_at)
            VALUES (@uuid, @username, @passwordHash, @isActive, @role, @now) RETURNING id
            """,
            new { uuid, username, passwordHash, isActive, role, now });

    /// <summary>Sets whether an account may sign in, and its role.</summary>
    public static void SetAccess(StoreSession db, long id, bool isActive, Role role) => db.Connection.Execute(
        "UPDATE accounts SET is_active = @isActive, role = @role WHERE id = @id", new { id, isActive, role });

    /// <summary>Sets the hash of a new password.</summary>
    public static void SetPassword(StoreSession db, long id, string passwordHash) =>
        db.Connection.Execute("UPDATE accounts SET password_hash = @passwordHash WHERE id = @id", new { id, passwordHash });

    /// <summary>Removes an account. Its row stays, without a password and with another name.</summary>
    public static void Remove(StoreSession db, long id, string name, long now) => db.Connection.Execute(
        "UPDATE accounts SET is_active = 0, role = @role, password_hash = '-', username = @name, removed_at = @now WHERE id = @id",
        new { id, role = Role.Artist, name, now });

    /// <summary>The account of the unexpired session with this token hash, and the id of the session; null if there is none.</summary>
    public static (Account Account, long SessionId)? OfSession(StoreSession db, byte[] tokenHash, long now) =>
        db.Connection.QueryFirstOrDefault<SessionAccount>(
            $"""
            SELECT {Columns}, s.id AS session_id FROM sessions s JOIN accounts a ON a.id = s.account_id
            WHERE s.token_hash = @tokenHash AND s.expires_at > @now
            """,
            new { tokenHash, now }) is { } found
            ? (new Account(found.Id, found.Uuid, found.Username, found.IsActive, found.Role, found.CreatedAt), found.SessionId)
            : null;

    private sealed record SessionAccount(
        long Id, Guid Uuid, string Username, bool IsActive, Role Role, long CreatedAt, long SessionId);
}
