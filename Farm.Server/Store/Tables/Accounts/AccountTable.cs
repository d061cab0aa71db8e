using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Accounts;

/// <summary>People in the store.</summary>
internal static class AccountTable
{
    /// <summary>The columns of an account that <see cref="Read"/> reads, of a table or alias <c>a</c>.</summary>
    public const string Columns = "a.id, a.uuid, a.username, a.is_active, a.is_administrator, a.created_at";

    /// <summary>How many columns of an account there are; what a joined query adds begins here.</summary>
    public const int Width = 6;

    /// <summary>The account with this id, or null.</summary>
    public static Account? ById(SqliteSession db, long id) => db.First($"SELECT {Columns} FROM accounts a WHERE a.id = $1", Read, id);

    /// <summary>The account with this UUID, or null.</summary>
    public static Account? ByUuid(SqliteSession db, Guid uuid) => db.First($"SELECT {Columns} FROM accounts a WHERE a.uuid = $1", Read, uuid);

    /// <summary>The account with this name, case-sensitive, or null.</summary>
    public static Account? ByName(SqliteSession db, string username) =>
        db.First($"SELECT {Columns} FROM accounts a WHERE a.username = $1", Read, username);

    /// <summary>An account and the hash of its password, by name; null when there is none.</summary>
    public static (Account Account, string PasswordHash)? WithPassword(SqliteSession db, string username) => db.First(
        $"SELECT {Columns}, a.password_hash FROM accounts a WHERE a.username = $1",
        static row => ((Account, string)?)(Read(row), row.GetString(Width)), username);

    /// <summary>Everybody, in the order of their registration.</summary>
    public static List<Account> All(SqliteSession db) => db.All($"SELECT {Columns} FROM accounts a ORDER BY a.id", Read);

    /// <summary>How many administrators there are.</summary>
    public static int Administrators(SqliteSession db) => (int)db.Number("SELECT count(*) FROM accounts WHERE is_administrator = 1");

    /// <summary>Writes a new account and returns its id.</summary>
    public static long Insert(SqliteSession db, Guid uuid, string username, string passwordHash, bool isActive, bool isAdministrator, long now) => db.Insert(
        "INSERT INTO accounts (uuid, username, password_hash, is_active, is_administrator, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        uuid, username, passwordHash, isActive, isAdministrator, now);

    /// <summary>Writes whether an account may sign in, and whether it is an administrator.</summary>
    public static void SetStanding(SqliteSession db, long id, bool isActive, bool isAdministrator) =>
        db.Execute("UPDATE accounts SET is_active = $2, is_administrator = $3 WHERE id = $1", id, isActive, isAdministrator);

    /// <summary>Writes the hash of a new password.</summary>
    public static void SetPassword(SqliteSession db, long id, string passwordHash) =>
        db.Execute("UPDATE accounts SET password_hash = $2 WHERE id = $1", id, passwordHash);

    /// <summary>Reads the columns of an account from a row.</summary>
    public static Account Read(SqliteRow row) =>
        new(row.GetInt64(0), row.Uuid(1), row.GetString(2), row.Flag(3), row.Flag(4), row.GetInt64(5));

    /// <summary>The account whose session has a hash and has not expired, and when it does; null when there is none.</summary>
    public static (Account Account, long ExpiresAt)? OfSession(SqliteSession db, byte[] tokenHash, long now) => db.First(
        $"SELECT {Columns}, s.expires_at FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = $1 AND s.expires_at > $2",
        static row => ((Account, long)?)(Read(row), row.GetInt64(Width)), tokenHash, now);
}
