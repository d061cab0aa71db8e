using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>
/// Requests for new passwords. Whoever has the id of one sets the password of its account, once and within a day. Administrators and
/// others who may do more than most get none: the contract that these are for hands the id to whoever asks (Contracts/FlowServ/Contract.md section 4.1).
/// </summary>
internal sealed class PasswordRequests(
    FarmStore store, FarmAccounts accounts, IEnumerable<IPrivilegedAccounts> privileged, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Makes a request; for a name that is nobody's one that leads nowhere.</summary>
    public Task<Guid> MakeAsync(string username)
    {
        var uuid = Guid.NewGuid();
        return store.WriteAsync(tx =>
        {
            if (AccountTable.ByName(tx.Db, username) is { } account && MayAsk(tx.Db, account)) PasswordRequestTable.Insert(tx.Db, uuid, account.Id, tx.Now);
            return uuid;
        });
    }

    /// <summary>Uses a request up; null when there is none.</summary>
    public async Task<Account?> UseAsync(Guid uuid, string password)
    {
        var oldest = (time.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds();
        var account = await store.WriteAsync(tx =>
            PasswordRequestTable.Take(tx.Db, uuid, oldest) is { } id && AccountTable.ById(tx.Db, id) is { } found && MayAsk(tx.Db, found) ? found : null);
        if (account is null) return null;
        await accounts.SetPasswordAsync(account.Id, password);
        return account;
    }

    private bool MayAsk(SqliteSession db, Account account) =>
        !account.IsAdministrator && !privileged.Any(others => others.IsPrivileged(db, account.Id));
}
