using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>People with a role in a project.</summary>
internal sealed class ProjectManagers : IPrivilegedAccounts
{
    /// <inheritdoc/>
    public bool IsPrivileged(SqliteSession db, long accountId) => ProjectRoleTable.OfAccount(db, accountId).Count > 0;
}
