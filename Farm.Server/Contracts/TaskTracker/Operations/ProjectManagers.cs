using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Accounts with a role in a project are privileged.</summary>
internal sealed class ProjectManagers : IPrivilegedAccounts
{
    /// <inheritdoc/>
    public bool IsPrivileged(StoreSession db, long accountId) => ProjectRoleTable.OfAccount(db, accountId).Count > 0;
}
