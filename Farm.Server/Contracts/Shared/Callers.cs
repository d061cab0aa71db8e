using System.Net;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>Says who makes a request, for all protocols.</summary>
internal sealed class Callers(FarmAccess access, AdministratorToken token, Sessions sessions, SessionCookie cookie)
{
    /// <summary>flowServ's clients send their session token in this header (Contracts/FlowServ/Contract.md section 1).</summary>
    public const string FlowServToken = "api_key";

    /// <summary>How the requests of <c>farm</c> commands call themselves in <c>User-Agent</c>.</summary>
    public const string CommandAgent = "farm-command";

    /// <summary>Set by the middleware that has used <c>X-Forwarded-For</c>.</summary>
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Original-For", "Forwarded", "Via"];

    /// <summary>Who makes a request. A wrong token makes nobody more than a visitor.</summary>
    public Caller Of(HttpContext context)
    {
        var address = ClientAddress.Of(context);
        if (BearerToken.Of(context) is { } sent && token.Is(sent)) return new Caller(Role.Administrator, address) { Way = WayOf(context) };
        return access.Identify(Account(context), address, IsLocal(context), WayOf(context));
    }

    /// <summary>
    /// Whether a request comes from the server's own machine, and not through a proxy there: then it could be anyone's. Without an address, the
    /// connection came through a Unix socket.
    /// </summary>
    public static bool IsLocal(HttpContext context) =>
        (context.Connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer))
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static Way WayOf(HttpContext context) =>
        context.Request.Headers.UserAgent.ToString().StartsWith(CommandAgent + "/", StringComparison.Ordinal)
            ? Way.CommandLine
            : context.GetEndpoint()?.Metadata.GetMetadata<ProtocolName>()?.Name switch
            {
                null => new Way("http"),
                ProtocolName.Dashboard => Way.Page,
                var protocol => new Way(protocol),
            };

    private Account? Account(HttpContext context) =>
        (cookie.Token(context) is { } session ? sessions.Find(session) : null)
        ?? (context.Request.Headers[FlowServToken] is [{ Length: > 0 } key] ? sessions.Find(key) : null);
}
