using System.Text;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>People register and sign in and out (Contracts/TaskTracker/Contract.md section 4.5).</summary>
internal sealed class PeopleEndpoints(
    TrackerCallers callers, FarmAccounts accounts, Sessions sessions, ProjectLog log, TrackerSettings settings)
{
    private const int ShortestName = 3;
    private const int LongestName = 16;
    private const int ShortestPassword = 8;

    /// <summary><c>POST /register</c></summary>
    public async Task Register(HttpContext context)
    {
        var request = await TrackerBody.Read(context, PeopleJson.Default.CredentialsRequest);
        var (username, password) = (request.Username ?? "", request.Password ?? "");
        if (WrongWith(username, password) is { } wrong) throw TrackerException.Invalid(wrong);
        var account = await accounts.Register(username, password);
        await log.Store(ProjectLogLevel.Info, $"{account.Username} registered", ("manager", account.Id));
        await SignIn(context, account);
        await context.AnswerOk();
    }

    /// <summary><c>POST /login</c></summary>
    public async Task Login(HttpContext context)
    {
        var request = await TrackerBody.Read(context, PeopleJson.Default.CredentialsRequest);
        var account = await accounts.Authenticate(request.Username ?? "", request.Password ?? "")
            ?? throw TrackerException.Forbidden("the username or the password is wrong");
        // A session that the browser still has is not used any more.
        if (callers.Token(context) is { } before) await sessions.End(before);
        await log.Store(ProjectLogLevel.Info, $"{account.Username} signed in", ("manager", account.Id));
        await SignIn(context, account);
        await context.AnswerContent(new ManagerContent(Message(account)), PeopleJson.Default.ManagerContent);
    }

    /// <summary><c>GET /logout</c></summary>
    public async Task Logout(HttpContext context)
    {
        context.RefuseOtherPages();
        if (callers.Token(context) is { } token)
        {
            await sessions.End(token);
            SessionCookie.Clear(context, settings);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>GET /account</c></summary>
    public Task Account(HttpContext context) => callers.Manager(context) is { } account
        ? context.AnswerContent(new AccountContent(true, Message(account)), PeopleJson.Default.AccountContent)
        : context.AnswerContent(ok: false, new AccountContent(false, null), PeopleJson.Default.AccountContent, message: null);

    /// <summary>What is wrong with a name and a password that somebody wants; null for nothing (section 2.3).</summary>
    public static string? WrongWith(string username, string password) =>
        Encoding.UTF8.GetByteCount(username) is < ShortestName or > LongestName
            ? $"the username must have {ShortestName} to {LongestName} bytes"
        : Encoding.UTF8.GetByteCount(password) < ShortestPassword ? $"the password must have at least {ShortestPassword} bytes"
        : null;

    /// <summary>A manager in the words of this protocol.</summary>
    public static ManagerMessage Message(Account account) =>
        new(account.Id, account.Username, account.IsAdministrator, account.CreatedAt / 1000);

    private async Task SignIn(HttpContext context, Account account) =>
        SessionCookie.Set(context, settings, await sessions.Open(account.Id, settings.SessionLifetime));
}
