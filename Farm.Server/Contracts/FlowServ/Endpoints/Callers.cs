using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>
/// Who sends a request: the token is in the header <c>api_key</c>. That there is one is looked at before the body, whose it is after what the
/// request speaks of was found (Contracts/FlowServ/Contract.md section 1, order of checks).
/// </summary>
internal sealed class Callers(Sessions sessions, WorkflowGroups groups)
{
    private const string Header = "api_key";

    /// <summary>The token of a request.</summary>
    /// <exception cref="FlowServException">It has none: 403.</exception>
    public static string Token(HttpContext context) => Sent(context) ?? throw FlowServException.NotLoggedIn();

    /// <summary>The account of a token.</summary>
    /// <exception cref="FlowServException">It is nobody's: 403.</exception>
    public Account Account(string token) => sessions.Find(token) ?? throw FlowServException.NotAuthorized();

    /// <summary>The account of a token, which must be that of a member of a group.</summary>
    /// <exception cref="FlowServException">It is not: 403.</exception>
    public Account Member(string token, WorkflowGroup group)
    {
        var account = Account(token);
        return groups.IsMember(group.Id, account) ? account : throw FlowServException.NotAuthorized();
    }

    /// <summary>Who sends a request that needs no token; null when there is none, or it is nobody's.</summary>
    public Account? Optional(HttpContext context) => Sent(context) is { } token ? sessions.Find(token) : null;

    /// <summary>Refuses a request that needs no token when it brings that of somebody who is no member of a group.</summary>
    /// <exception cref="FlowServException">It does: 403.</exception>
    public void CheckReader(HttpContext context, long groupId)
    {
        if (Optional(context) is { } account && !groups.IsMember(groupId, account)) throw FlowServException.NotAuthorized();
    }

    private static string? Sent(HttpContext context) => context.Request.Headers[Header].ToString() is { Length: > 0 } token ? token : null;
}
