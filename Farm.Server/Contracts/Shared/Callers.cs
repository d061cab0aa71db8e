using System.Net;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>Says who makes a request, for all protocols.</summary>
internal sealed class Callers(FarmAccess access, AdministratorToken administrator, Tokens tokens, Sessions sessions, SessionCookie cookie)
{
    /// <summary>flowServ's clients send their session token in this header (Contracts/FlowServ/Contract.md section 1).</summary>
    public const string FlowServToken = "api_key";

    /// <summary>How the requests of <c>farm</c> commands call themselves in <c>User-Agent</c>.</summary>
    public const string CommandAgent = "farm-command";

    private static readonly object Key = new();

    /// <summary>Set by the middleware that has used <c>X-Forwarded-For</c>.</summary>
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Original-For", "Forwarded", "Via"];

    /// <summary>Who makes a request. A wrong token makes nobody more than a visitor.</summary>
    public Caller Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var known)) return (Caller)known!;
        var caller = Identify(context);
        context.Items[Key] = caller;
        return caller;
    }

    /// <summary>
    /// Whether whoever makes a request may do something. Who they are is not looked up where everybody may, so that pages and calls which need no
    /// database do without it.
    /// </summary>
    public bool May(HttpContext context, Permission permission) =>
        AccessTable.Allows(access.Visitor(IsLocal(context)), permission) || Of(context).May(permission);

    /// <summary>Says of a request that it is a worker's.</summary>
    public Caller SetWorker(HttpContext context)
    {
        var caller = access.IdentifyWorker(ClientAddress.Of(context), IsLocal(context));
        context.Items[Key] = caller;
        return caller;
    }

    /// <summary>Says of a request that it has a key.</summary>
    public RequestKey SetKey(HttpContext context, RequestKey key)
    {
        context.Items[Key] = Of(context) with { Key = key };
        return key;
    }

    /// <summary>
    /// Whether a request comes from the server's own machine, and not through a proxy there: then it could be anyone's. Without an address, the
    /// connection came through a Unix socket.
    /// </summary>
    public static bool IsLocal(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer))
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private Caller Identify(HttpContext context)
    {
        var address = ClientAddress.Of(context);
        if (BearerToken.Of(context) is { } sent && administrator.Is(sent)) return new Caller(Role.Administrator, address) { Way = WayOf(context) };
        if (SentToken.Of(context) is { } secret && tokens.Find(secret) is var (token, owner))
            return access.Identify(token, owner, address, IsLocal(context), WayOf(context));
        return access.Identify(Account(context), address, IsLocal(context), WayOf(context));
    }

    private static Way WayOf(HttpContext context) =>
        context.Request.Headers.UserAgent.ToString().StartsWith(CommandAgent + "/", StringComparison.Ordinal)
            ? Way.CommandLine
            : context.GetEndpoint()?.Metadata.GetMetadata<ProtocolName>()?.Name switch
            {
                null => new Way("http"),
                ProtocolName.Dashboard => Way.Page,
                var protocol => new Way(protocol),
            };

    /// <summary>The token of the session through which somebody makes a request; null without one.</summary>
    public string? SessionOf(HttpContext context) => Session(context)?.Token;

    private Account? Account(HttpContext context) => Session(context)?.Account;

    private (string Token, Account Account)? Session(HttpContext context) =>
        Session(cookie.Token(context)) ?? (context.Request.Headers[FlowServToken] is [{ Length: > 0 } key] ? Session(key) : null);

    private (string Token, Account Account)? Session(string? token) => token is not null && sessions.Find(token) is { } account ? (token, account) : null;
}
