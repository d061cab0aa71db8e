using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Operations.Accounts;

/// <summary>Identifies accounts with extra rights in a protocol, which must not be taken over by others. Registered as a service.</summary>
internal interface IPrivilegedAccounts
{
    /// <summary>Whether the account has extra rights.</summary>
    bool IsPrivileged(SqliteSession db, long accountId);
}
