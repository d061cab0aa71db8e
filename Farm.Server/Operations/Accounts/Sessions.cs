using System.Collections.Concurrent;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>A session and its token.</summary>
/// <param name="Token">The token in plain text. The store keeps only a hash.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record OpenSession(string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// Sign-in sessions, shared by all protocols and the dashboard; they survive a restart. The account is read on every request, so changes to it
/// apply immediately.
/// </summary>
internal sealed class Sessions(FarmStore store, SessionTokens tokens, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, long> _seenAt = new();

    /// <summary>Opens a session with a new token; other sessions of the account stay open.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="lifetime">How long it lasts.</param>
    /// <param name="address">The address of the machine from which they sign in; empty if that is not known.</param>
    /// <exception cref="FarmException">The account does not exist or may not sign in.</exception>
    public Task<OpenSession> OpenAsync(long accountId, TimeSpan lifetime, string address = "")
    {
        var token = SessionTokens.New();
        return store.WriteAsync(tx =>
        {
            CheckAccount(tx, accountId);
            var expires = Expiry(tx, lifetime);
            SessionTable.Insert(tx.Db, SessionTokens.Hash(token), accountId, null, address, tx.Now, expires);
            return new OpenSession(token, Time(expires));
        });
    }

    /// <summary>
    /// Opens the lasting session of an account, or renews it; the token stays the same while the session is valid
    /// (Contracts/FlowServ/Contract.md section 4.1).
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="lifetime">How long it lasts.</param>
    /// <param name="address">The address of the machine from which they sign in; empty if that is not known.</param>
    /// <exception cref="FarmException">The account does not exist or may not sign in.</exception>
    public Task<OpenSession> OpenLastingAsync(long accountId, TimeSpan lifetime, string address = "") => store.WriteAsync(tx =>
    {
        CheckAccount(tx, accountId);
        var nonce = SessionTable.Nonce(tx.Db, accountId, tx.Now) ?? SessionTokens.NewNonce();
        var token = tokens.Of(nonce);
        var expires = Expiry(tx, lifetime);
        // Replaced, not renewed: the key may have changed since the session was opened, for example after a restored backup.
        SessionTable.RemoveLasting(tx.Db, accountId);
        SessionTable.Insert(tx.Db, SessionTokens.Hash(token), accountId, nonce, address, tx.Now, expires);
        return new OpenSession(token, Time(expires));
    });

    /// <summary>The account of a token; null if the token is unknown or expired, or the account may not sign in.</summary>
    public Account? Find(string token)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (store.Read(db => AccountTable.OfSession(db, SessionTokens.Hash(token), now)) is not ({ IsActive: true } account, var id)) return null;
        _seenAt[id] = now;
        return account;
    }

    /// <summary>Sets the remaining lifetime of a session; false if it does not exist or has expired.</summary>
    public Task<bool> RenewAsync(string token, TimeSpan lifetime) =>
        store.WriteAsync(tx => SessionTable.Renew(tx.Db, SessionTokens.Hash(token), tx.Now, Expiry(tx, lifetime)));

    /// <summary>Ends the session of a token; does nothing if the token is unknown.</summary>
    public Task EndAsync(string token) => store.WriteAsync(tx => SessionTable.Remove(tx.Db, SessionTokens.Hash(token)));

    /// <summary>Writes when sessions were used since the last time, so that an open page does not write with each look.</summary>
    public async Task WriteUsesAsync()
    {
        if (_seenAt.IsEmpty) return;
        var uses = _seenAt.ToArray();
        await store.WriteAsync(tx =>
        {
            foreach (var (id, at) in uses) SessionTable.SetSeen(tx.Db, id, at);
        });
        // Only what was written; a newer use stays.
        foreach (var use in uses) _seenAt.TryRemove(use);
    }

    /// <summary>Removes expired sessions.</summary>
    public async Task RemoveExpiredAsync()
    {
        while (await store.WriteAsync(tx => SessionTable.RemoveExpired(tx.Db, tx.Now, tx.Slice) == tx.Slice))
        {
            // In batches, so that other writes can run in between.
        }
    }

    private static void CheckAccount(WriteTransaction tx, long accountId)
    {
        if (AccountTable.ById(tx.Db, accountId) is not { IsActive: true }) throw new FarmException(ErrorKind.Forbidden, "this account may not sign in");
    }

    private static long Expiry(WriteTransaction tx, TimeSpan lifetime) => tx.Now + (long)lifetime.TotalMilliseconds;

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
