using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>A session and the token that proves it.</summary>
/// <param name="Token">The only place where it can be read: the store keeps a hash.</param>
/// <param name="ExpiresAt">From this moment on it is worth nothing.</param>
internal sealed record OpenSession(string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// People stay signed in between requests, and across a restart. There is one kind of session for all contracts and the dashboard. Who an
/// account is, is read anew at each request: what was changed about it holds at once.
/// </summary>
internal sealed class Sessions(FarmStore store, SessionTokens tokens, TimeProvider time)
{
    /// <summary>Opens a session with a token that was never there before, beside the sessions that the account has.</summary>
    /// <exception cref="FarmException">There is no such account, or it may not sign in.</exception>
    public Task<OpenSession> OpenAsync(long accountId, TimeSpan lifetime)
    {
        var token = SessionTokens.New();
        return store.WriteAsync(tx =>
        {
            CheckAccount(tx, accountId);
            var expires = Expiry(tx, lifetime);
            SessionTable.Insert(tx.Db, SessionTokens.Hash(token), accountId, null, tx.Now, expires);
            return new OpenSession(token, Time(expires));
        });
    }

    /// <summary>
    /// Opens the lasting session of an account, or renews the one that it has: while that is valid, the token is the same
    /// (Contracts/FlowServ/Contract.md section 4.1).
    /// </summary>
    /// <exception cref="FarmException">There is no such account, or it may not sign in.</exception>
    public Task<OpenSession> OpenLastingAsync(long accountId, TimeSpan lifetime) => store.WriteAsync(tx =>
    {
        CheckAccount(tx, accountId);
        var nonce = SessionTable.Nonce(tx.Db, accountId, tx.Now) ?? SessionTokens.NewNonce();
        var token = tokens.Of(nonce);
        var expires = Expiry(tx, lifetime);
        // Written anew rather than renewed: the key may be another one than when the session was opened, as after a restored backup.
        SessionTable.RemoveLasting(tx.Db, accountId);
        SessionTable.Insert(tx.Db, SessionTokens.Hash(token), accountId, nonce, tx.Now, expires);
        return new OpenSession(token, Time(expires));
    });

    /// <summary>The account that a token stands for; null when the token is unknown or expired, or the account may not sign in.</summary>
    public Account? Find(string token)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return store.Read(db => AccountTable.OfSession(db, SessionTokens.Hash(token), now)) is ({ IsActive: true } account, _) ? account : null;
    }

    /// <summary>Lets a session last for this long from now on; false when there is none that is valid.</summary>
    public Task<bool> RenewAsync(string token, TimeSpan lifetime) =>
        store.WriteAsync(tx => SessionTable.Renew(tx.Db, SessionTokens.Hash(token), tx.Now, Expiry(tx, lifetime)));

    /// <summary>Ends the session of a token; one that is unknown has none.</summary>
    public Task EndAsync(string token) => store.WriteAsync(tx => SessionTable.Remove(tx.Db, SessionTokens.Hash(token)));

    /// <summary>Removes what expired.</summary>
    public async Task RemoveExpiredAsync()
    {
        while (await store.WriteAsync(tx => SessionTable.RemoveExpired(tx.Db, tx.Now, tx.Slice) == tx.Slice))
        {
            // Other writers get their turn in between.
        }
    }

    private static void CheckAccount(WriteTransaction tx, long accountId)
    {
        if (AccountTable.ById(tx.Db, accountId) is not { IsActive: true }) throw new FarmException(ErrorKind.Forbidden, "this account may not sign in");
    }

    private static long Expiry(WriteTransaction tx, TimeSpan lifetime) => tx.Now + (long)lifetime.TotalMilliseconds;

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
