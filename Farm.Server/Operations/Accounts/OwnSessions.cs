using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>The sign-ins of a person, as they see and end them. A token of a tool may do neither.</summary>
internal sealed class OwnSessions(FarmStore store, AuditLog audit, TimeProvider time)
{
    /// <summary>The caller's sessions that last, the newest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="current">The token of the session through which they ask; null for none.</param>
    /// <exception cref="FarmException">Nobody is signed in (forbidden).</exception>
    public IReadOnlyList<Session> All(Caller caller, string? current)
    {
        var (account, now) = (Demand(caller), time.GetUtcNow().ToUnixTimeMilliseconds());
        return store.Read(db => SessionTable.All(db, account.Id, Hash(current), now));
    }

    /// <summary>Ends one of the caller's sessions.</summary>
    /// <exception cref="FarmException">Nobody is signed in (forbidden), or they have no such session (not found).</exception>
    public Task EndAsync(Caller caller, long id) => audit.WriteAsync(caller, AuditVerb.EndSessions, (tx, action) =>
    {
        var account = Demand(caller);
        action.On("account", account.Uuid, account.Username);
        if (!SessionTable.Remove(tx.Db, account.Id, id)) throw FarmException.NotFound("you have no such session");
        action.Change("1 session", null);
    });

    /// <summary>Ends the caller's sessions but the one through which they ask.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="current">The token of the session that stays; null to end all.</param>
    /// <returns>How many were ended.</returns>
    /// <exception cref="FarmException">Nobody is signed in (forbidden).</exception>
    public Task<int> EndOthersAsync(Caller caller, string? current) => audit.WriteAsync(caller, AuditVerb.EndSessions, (tx, action) =>
    {
        var account = Demand(caller);
        action.On("account", account.Uuid, account.Username);
        var ended = SessionTable.RemoveOthers(tx.Db, account.Id, Hash(current));
        action.Change(ended == 1 ? "1 session" : $"{ended} sessions", null);
        return ended;
    });

    private static byte[] Hash(string? token) => token is null ? [] : SessionTokens.Hash(token);

    private static Account Demand(Caller caller) => caller is { Account: { } account, Token: null }
        ? account
        : throw new FarmException(ErrorKind.Forbidden, caller.Token is null ? "sign in to see your sessions" : "a token cannot see or end sessions; sign in");
}
