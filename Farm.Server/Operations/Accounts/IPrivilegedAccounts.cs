using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Accounts;

/// <summary>Identifies accounts with extra rights in a protocol, which must not be taken over by others. Registered as a service.</summary>
internal interface IPrivilegedAccounts
{
    /// <summary>Whether the account has extra rights.</summary>
    bool IsPrivileged(StoreSession db, long accountId);
}
