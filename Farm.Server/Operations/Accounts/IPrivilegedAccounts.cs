using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Operations.Accounts;

/// <summary>Knows accounts that may do more in a protocol than others, so that nobody may take them over. Registered as a service.</summary>
internal interface IPrivilegedAccounts
{
    /// <summary>Whether an account is one.</summary>
    bool IsPrivileged(SqliteSession db, long accountId);
}
