using System.Globalization;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The account of whoever asks (Contracts/Farm/Contract.md section 7).</summary>
internal sealed class OwnAccountEndpoints(FarmAccounts accounts, OwnSessions sessions, Tokens tokens, Callers callers)
{
    /// <summary>The account itself.</summary>
    public IResult Read(HttpContext context) => Results.Json(AccountMapping.Message(Own(context)), FarmJson.Default.AccountMessage);

    /// <summary>Changes the password, and ends the other sessions.</summary>
    public async Task<IResult> SetPasswordAsync(HttpContext context)
    {
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.OwnPasswordMessage, "{\"present\": \"the present password\", \"password\": \"the new one\"}");
        if (body is not { Present: { } present, Password: { } password }) throw FarmException.Invalid("\"present\" or \"password\" is missing");
        await accounts.ChangePasswordAsync(context.Caller(), present, password, callers.SessionOf(context));
        return Results.NoContent();
    }

    /// <summary>Sets a password with a code; needs no account.</summary>
    public async Task<IResult> UseCodeAsync(HttpContext context)
    {
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.UsedCodeMessage, "{\"code\": \"…\", \"password\": \"the new password\"}");
        if (body is not { Code: { } code, Password: { } password }) throw FarmException.Invalid("\"code\" or \"password\" is missing");
        return Results.Json(AccountMapping.Message(await accounts.UsePasswordCodeAsync(context.Caller(), code, password)), FarmJson.Default.AccountMessage);
    }

    /// <summary>The sessions that last.</summary>
    public IResult Sessions(HttpContext context) => Results.Json(
        new SessionsMessage([.. sessions.All(context.Caller(), callers.SessionOf(context)).Select(AccountMapping.Message)]), FarmJson.Default.SessionsMessage);

    /// <summary>Ends one session.</summary>
    public async Task<IResult> EndSessionAsync(HttpContext context, string session)
    {
        await sessions.EndAsync(
            context.Caller(), long.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw FarmException.NotFound("you have no such session"));
        return Results.NoContent();
    }

    /// <summary>Ends all sessions but the one through which the request came.</summary>
    public async Task<IResult> EndOtherSessionsAsync(HttpContext context)
    {
        await sessions.EndOthersAsync(context.Caller(), callers.SessionOf(context));
        return Results.NoContent();
    }

    /// <summary>The tokens of the account.</summary>
    public IResult Tokens(HttpContext context) => Results.Json(
        new TokensMessage([.. tokens.Own(context.Caller()).Select(AccountMapping.Message)]), FarmJson.Default.TokensMessage);

    /// <summary>Removes the account.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context)
    {
        await accounts.RemoveAsync(context.Caller(), Own(context).Id);
        return Results.NoContent();
    }

    private static Account Own(HttpContext context) =>
        context.Caller().Account ?? throw new FarmException(ErrorKind.Forbidden, "you have no account here; sign in");
}
