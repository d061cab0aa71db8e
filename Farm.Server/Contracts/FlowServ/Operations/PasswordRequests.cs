using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>
/// Password reset requests, valid once and for one day. Only administrators reset the passwords of administrators and other privileged accounts, as
/// the protocol gives the request id to anyone (Contracts/FlowServ/Contract.md section 4.1).
/// </summary>
internal sealed class PasswordRequests(
    FarmStore store, FarmAccounts accounts, AuditLog audit, IEnumerable<IPrivilegedAccounts> privileged, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Creates a request; for an unknown name the id is useless, so that names are not disclosed.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="username">Whose password is to be reset.</param>
    /// <param name="byAdministrator">Whether an administrator asks.</param>
    public Task<Guid> MakeAsync(Caller caller, string username, bool byAdministrator) => audit.WriteAsync(caller, WorkflowVerb.RequestReset, (tx, action) =>
    {
        var uuid = Guid.NewGuid();
        if (AccountTable.ByName(tx.Db, username) is not { } account)
        {
            action.DoesNothing();
            return uuid;
        }

        action.On("account", account.Uuid, account.Username);
        if (byAdministrator || MayReset(tx.Db, account)) PasswordRequestTable.Insert(tx.Db, uuid, account.Id, tx.Now);
        else action.Change(null, "not made: only administrators reset this password");
        return uuid;
    });

    /// <summary>Sets the password with a request, which is then used up; null when the request is unknown or expired.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="uuid">The request.</param>
    /// <param name="password">The new password.</param>
    /// <param name="byAdministrator">Whether an administrator asks.</param>
    /// <exception cref="FarmException">The password is not allowed; the request stays valid.</exception>
    public async Task<Account?> UseAsync(Caller caller, Guid uuid, string password, bool byAdministrator)
    {
        if (PasswordRules.WhyNotAllowed("", password) is { } wrong) throw FarmException.Invalid(wrong);
        var oldest = (time.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds();
        var account = await store.WriteAsync(tx =>
            PasswordRequestTable.Take(tx.Db, uuid, oldest) is { } id && AccountTable.ById(tx.Db, id) is { } found && (byAdministrator || MayReset(tx.Db, found)) ? found : null);
        if (account is null) return null;
        await accounts.ResetPasswordAsync(caller, account.Id, password);
        return account;
    }

    private bool MayReset(StoreSession db, Account account) =>
        !account.IsAdministrator && !privileged.Any(others => others.IsPrivileged(db, account.Id));
}
