using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>
/// Authenticates requests by the token in the header <c>api_key</c>, or by one of the farm's own tokens. Its presence is checked before the body, its account after the requested
/// objects were found (Contracts/FlowServ/Contract.md section 1, order of checks).
/// </summary>
internal sealed class FlowServAuthentication(Sessions sessions, Tokens tokens, WorkflowGroups groups)
{
    /// <summary>The token of a request.</summary>
    /// <exception cref="FlowServException">It is missing: 403.</exception>
    public static string Token(HttpContext context) => Sent(context) ?? throw FlowServException.NotLoggedIn();

    /// <summary>The account of a token.</summary>
    /// <exception cref="FlowServException">It is invalid: 403.</exception>
    public Account Account(string token) => Find(token) ?? throw FlowServException.NotAuthorized();

    /// <summary>The account of an administrator's token.</summary>
    /// <exception cref="FlowServException">It is invalid or the account is no administrator: 403.</exception>
    public Account Administrator(string token) => Account(token) is { IsAdministrator: true } account ? account : throw FlowServException.NotAuthorized();

    /// <summary>The account of a token of a group member.</summary>
    /// <exception cref="FlowServException">It is invalid or the account is not a member: 403.</exception>
    public Account Member(string token, WorkflowGroup group)
    {
        var account = Account(token);
        return groups.IsMember(group.Id, account) ? account : throw FlowServException.NotAuthorized();
    }

    /// <summary>The account of a request that needs no token; null when the token is missing or invalid.</summary>
    public Account? Optional(HttpContext context) => Sent(context) is { } token ? Find(token) : null;

    /// <summary>Rejects the token of an account that is not a member of a group. A request without a token passes.</summary>
    /// <exception cref="FlowServException">The account is not a member: 403.</exception>
    public void CheckReader(HttpContext context, long groupId)
    {
        if (Optional(context) is { } account && !groups.IsMember(groupId, account)) throw FlowServException.NotAuthorized();
    }

    private Account? Find(string token) => sessions.Find(token) ?? (tokens.Find(token)?.Account is { OnlyProject: null } account ? account : null);

    private static string? Sent(HttpContext context) =>
        context.Request.Headers[Callers.FlowServToken].ToString() is { Length: > 0 } token ? token : SentToken.Of(context);
}
