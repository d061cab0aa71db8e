using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>A token that was just made, and its secret, which is shown once.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What its user sends.</param>
internal sealed record NewToken(Token Token, string Secret);

/// <summary>
/// Tokens of tools and workers. A token of an account can never do more than the account can at that moment; the farm's own are made by
/// administrators, for tools and workers that belong to nobody.
/// </summary>
internal sealed class Tokens(FarmStore store, AuditLog audit, TimeProvider time, ILogger<Tokens> log)
{
    /// <summary>What every secret begins with, so that people and programs that look for leaked secrets recognise it.</summary>
    public const string Prefix = "farm_";

    private const int MaxNameLength = 64;
    private const int MaxPerAccount = 100;

    private readonly ConcurrentDictionary<long, long> _usedAt = new();

    /// <summary>Makes a token for the caller's account or, if they may manage people, of the farm itself.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="role">The most that its user may be.</param>
    /// <param name="projectId">The only task_tracker project in which it has the account's roles; null for all.</param>
    /// <param name="lifetime">How long it works; null for ever.</param>
    /// <exception cref="FarmException">They may not, or a value is not allowed.</exception>
    public async Task<NewToken> MakeAsync(Caller caller, string name, Role role, long? projectId, TimeSpan? lifetime)
    {
        var account = caller.Account?.Id;
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var token = await audit.WriteAsync(caller, AuditVerb.MakeToken, (tx, action) =>
        {
            action.On(new AuditTarget("token", "", name));
            Check(caller, name, role, projectId, lifetime);
            if (TokenTable.Count(tx.Db, account) >= MaxPerAccount)
                throw new FarmException(ErrorKind.Exhausted, $"there are {MaxPerAccount} tokens already, which is the limit; remove some");
            var expires = lifetime is { } limited ? tx.Now + (long)limited.TotalMilliseconds : (long?)null;
            var id = TokenTable.Insert(tx.Db, SessionTokens.Hash(secret), name, role, account, projectId, tx.Now, expires);
            action.On(Target(id, name));
            action.Change(null, role.Name());
            return TokenTable.ById(tx.Db, id)!;
        });
        log.LogInformation("Token {Name} was made for {Role}, by {Owner}", name, role.Name(), token.Username ?? "an administrator");
        return new NewToken(token, secret);
    }

    /// <summary>The caller's tokens; all of them for whoever may manage people.</summary>
    /// <exception cref="FarmException">The caller has no account and may not manage people.</exception>
    public IReadOnlyList<Token> All(Caller caller)
    {
        if (caller.May(Permission.ManagePeople)) return store.Read(db => TokenTable.All(db, null));
        if (caller.Account is not { } account) throw NoAccount();
        return store.Read(db => TokenTable.All(db, account.Id));
    }

    /// <summary>The tokens of the caller's own account.</summary>
    /// <exception cref="FarmException">The caller has no account.</exception>
    public IReadOnlyList<Token> Own(Caller caller)
    {
        var account = caller.Account ?? throw NoAccount();
        return store.Read(db => TokenTable.All(db, account.Id));
    }

    /// <summary>Makes a token useless. Everyone may remove their own.</summary>
    /// <exception cref="FarmException">There is no such token, or it is somebody else's and the caller may not manage people.</exception>
    public async Task RemoveAsync(Caller caller, long id)
    {
        var token = await audit.WriteAsync(caller, AuditVerb.RemoveToken, (tx, action) =>
        {
            var present = TokenTable.ById(tx.Db, id);
            action.On(Target(id, present?.Name ?? ""));
            var isOwn = present?.AccountId is { } owner && owner == caller.Account?.Id;
            // Others do not learn which tokens there are.
            if (!isOwn) caller.Demand(Permission.ManagePeople);
            action.Change(present?.Role.Name(), null);
            TokenTable.Remove(tx.Db, (present ?? throw FarmException.NotFound("no such token")).Id);
            return present;
        });
        log.LogInformation("Token {Name} was removed", token.Name);
    }

    /// <summary>
    /// The token with a secret, and the account for which it acts, which is no more than the token allows; null if the token is unknown or has
    /// expired, or its account may not sign in. One for a viewer or a worker acts for nobody.
    /// </summary>
    public (Token Token, Account? Account)? Find(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = store.Read(db => TokenTable.ByHash(db, SessionTokens.Hash(secret), now) is not { } token ? ((Token, Account?)?)null
            : token.AccountId is not { } owner ? (token, null)
            : AccountTable.ById(db, owner) is { IsActive: true } account && (token.Role != Role.Worker || AccessTable.Allows(account.Role, Permission.AddWorkers)) ? (token, Limited(account, token))
            : null);
        if (found is { Item1.Id: var used }) _usedAt[used] = now;
        return found;
    }

    /// <summary>Writes when tokens were used since the last time, so that a tool that polls does not write with each request.</summary>
    public async Task WriteUsesAsync()
    {
        if (_usedAt.IsEmpty) return;
        var uses = _usedAt.ToArray();
        await store.WriteAsync(tx =>
        {
            foreach (var (id, at) in uses) TokenTable.SetUsed(tx.Db, id, at);
        });
        // Only what was written; a newer use stays.
        foreach (var use in uses) _usedAt.TryRemove(use);
    }

    private static Account? Limited(Account account, Token token) => token.Role < Role.Artist ? null : account with
    {
        Role = token.Role < account.Role ? token.Role : account.Role,
        OnlyProject = token.ProjectId,
    };

    private static AuditTarget Target(long id, string name) => new("token", id.ToString(CultureInfo.InvariantCulture), name);

    /// <summary>Whether somebody may make a token for a role.</summary>
    public static bool MayMake(Caller caller, Role role) => role <= caller.Role && (role != Role.Worker || caller.May(Permission.AddWorkers));

    private static void Check(Caller caller, string name, Role role, long? projectId, TimeSpan? lifetime)
    {
        if (caller.Account is null) caller.Demand(Permission.ManagePeople);
        // Or a token with few rights could make one with more.
        if (caller.Token is not null && !caller.May(Permission.ManagePeople)) throw new FarmException(ErrorKind.Forbidden, "a token cannot make tokens; sign in");
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl)) throw FarmException.Invalid($"the name of a token has 1 to {MaxNameLength} characters");
        if (!RoleNames.OfTokens.Contains(role)) throw FarmException.Invalid($"a token cannot be for {role.Name()}");
        // Who adds workers is not only a matter of more or less.
        if (role == Role.Worker) caller.Demand(Permission.AddWorkers);
        if (role > caller.Role) throw new FarmException(ErrorKind.Forbidden, $"you are {caller.Role.Name()}, so you cannot make a token for {role.Name()}");
        if (projectId is not null && caller.Account is null) throw FarmException.Invalid("only a token of an account can be limited to a project; sign in and make it there");
        if (lifetime is { } limited && limited <= TimeSpan.Zero) throw FarmException.Invalid("a token must live for more than nothing");
    }

    private static FarmException NoAccount() => new(ErrorKind.Forbidden, "sign in to see your tokens");
}
