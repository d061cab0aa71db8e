using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The accounts of the farm, for administrators (Contracts/Farm/Contract.md section 7).</summary>
internal sealed class AccountEndpoints(FarmAccounts accounts, People people)
{
    /// <summary>All accounts, in order of registration.</summary>
    public IResult List(HttpContext context) => Results.Json(
        new AccountsMessage([.. people.All(context.Caller()).OrderBy(person => person.Account.Id).Select(AccountMapping.Message)]), FarmJson.Default.AccountsMessage);

    /// <summary>Adds an account, which may sign in at once.</summary>
    public async Task<IResult> AddAsync(HttpContext context)
    {
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.NewAccountMessage, "{\"username\": \"…\", \"password\": \"…\", \"role\": \"artist\"}");
        if (body is not { Username: { } username, Password: { } password }) throw FarmException.Invalid("\"username\" or \"password\" is missing");
        var account = await accounts.AddAsync(context.Caller(), username, password, RoleOf(body.Role ?? Role.Artist.Name()));
        return Results.Json(AccountMapping.Message(account), FarmJson.Default.AccountMessage, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Makes an account for somebody who chooses its password with a code.</summary>
    public async Task<IResult> InviteAsync(HttpContext context)
    {
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.InvitationMessage, "{\"username\": \"…\", \"role\": \"artist\"}");
        if (body is not { Username: { } username }) throw FarmException.Invalid("\"username\" is missing");
        return Made(context, await accounts.InviteAsync(context.Caller(), username, RoleOf(body.Role ?? Role.Artist.Name())));
    }

    /// <summary>Makes a code with which the owner of an account sets a new password.</summary>
    public async Task<IResult> MakeCodeAsync(HttpContext context, string account) =>
        Made(context, await accounts.MakePasswordCodeAsync(context.Caller(), Find(account).Id));

    /// <summary>Allows an account to sign in.</summary>
    public async Task<IResult> ActivateAsync(HttpContext context, string account) =>
        Results.Json(AccountMapping.Message(await accounts.ActivateAsync(context.Caller(), Find(account).Uuid)), FarmJson.Default.AccountMessage);

    /// <summary>Sets the password of an account and ends its sessions.</summary>
    public async Task<IResult> SetPasswordAsync(HttpContext context, string account)
    {
        var known = Find(account);
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.PasswordMessage, "{\"password\": \"the new password\"}");
        await accounts.SetPasswordAsync(context.Caller(), known.Id, body?.Password ?? throw FarmException.Invalid("\"password\" is missing"));
        return Results.NoContent();
    }

    /// <summary>Sets the role of an account.</summary>
    public async Task<IResult> SetRoleAsync(HttpContext context, string account)
    {
        var known = Find(account);
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.RoleMessage, "{\"role\": \"operator\"}");
        await accounts.SetRoleAsync(context.Caller(), known.Id, RoleOf(body?.Role ?? throw FarmException.Invalid("\"role\" is missing")));
        return Results.NoContent();
    }

    /// <summary>Ends all sessions of an account.</summary>
    public async Task<IResult> SignOutAsync(HttpContext context, string account)
    {
        await accounts.EndSessionsAsync(context.Caller(), Find(account).Id);
        return Results.NoContent();
    }

    /// <summary>Removes an account.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string account)
    {
        await accounts.RemoveAsync(context.Caller(), Find(account).Id);
        return Results.NoContent();
    }

    private static IResult Made(HttpContext context, NewPasswordCode made)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new PasswordCodeMessage(made.Code, SignInAddresses.PasswordPage, made.ExpiresAt, AccountMapping.Message(made.Account)),
            FarmJson.Default.PasswordCodeMessage,
            statusCode: StatusCodes.Status201Created);
    }

    private static Role RoleOf(string name) => RoleNames.Parse(name)
        ?? throw FarmException.Invalid($"unknown role; expected one of {string.Join(", ", RoleNames.OfAccounts.Select(role => role.Name()))}");

    private Account Find(string id) =>
        Guid.TryParse(id, out var uuid) && accounts.Find(uuid) is { } account ? account : throw FarmException.NotFound("no such account");
}
