using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Registration, sign-in and sign-out of people (Contracts/TaskTracker/Contract.md section 4.5).</summary>
internal sealed class PeopleEndpoints(
    TrackerAuthentication authentication, FarmAccounts accounts, Sessions sessions, ProjectLog log, SessionCookie cookie, TrackerSettings settings)
{
    /// <summary><c>POST /register</c></summary>
    public async Task RegisterAsync(HttpContext context)
    {
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.CredentialsRequest);
        var (username, password) = (request.Username ?? "", request.Password ?? "");
        if (CredentialRules.WhyNameNotAllowed(username) is { } wrong) throw TrackerException.Invalid(wrong);
        var account = await accounts.RegisterAsync(context.Caller(), username, password);
        await log.StoreAsync(ProjectLogLevel.Info, $"{account.Username} registered", ("manager", account.Id));
        if (account.IsActive) await SignInAsync(context, account);
        await context.RespondOkAsync(account.IsActive ? null : "registered; an administrator must activate the account before it can sign in");
    }

    /// <summary><c>POST /login</c></summary>
    public async Task LoginAsync(HttpContext context)
    {
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.CredentialsRequest);
        var account = await accounts.AuthenticateAsync(context.Caller(), request.Username ?? "", request.Password ?? "")
            ?? throw TrackerException.WrongPassword();
        // The browser's previous session is replaced.
        if (authentication.Token(context) is { } before) await sessions.EndAsync(before);
        await log.StoreAsync(ProjectLogLevel.Info, $"{account.Username} signed in", ("manager", account.Id));
        await SignInAsync(context, account);
        await context.RespondContentAsync(new ManagerContent(Message(account)), PeopleJson.Default.ManagerContent);
    }

    /// <summary><c>GET</c> or <c>POST /logout</c></summary>
    public async Task LogoutAsync(HttpContext context)
    {
        if (authentication.Token(context) is { } token)
        {
            await sessions.EndAsync(token);
            cookie.Clear(context);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>GET /account</c></summary>
    public Task AccountAsync(HttpContext context) => authentication.Manager(context) is { } account
        ? context.RespondContentAsync(new AccountContent(true, Message(account)), PeopleJson.Default.AccountContent)
        : context.RespondContentAsync(ok: false, new AccountContent(false, null), PeopleJson.Default.AccountContent, message: null);

    /// <summary>Maps an account to a manager.</summary>
    public static ManagerMessage Message(Account account) =>
        new(account.Id, account.Username, account.IsAdministrator, account.CreatedAt / 1000);

    private async Task SignInAsync(HttpContext context, Account account) =>
        cookie.Set(context, await sessions.OpenAsync(account.Id, settings.SessionLifetime, ClientAddress.Of(context)));
}
