using System.Globalization;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The tokens of tools and workers (Contracts/Farm/Contract.md section 8).</summary>
internal sealed class TokenEndpoints(Tokens tokens)
{
    private const double MaxDays = 36_500;

    /// <summary>The caller's tokens; all of them for administrators.</summary>
    public IResult List(HttpContext context) =>
        Results.Json(new TokensMessage([.. tokens.All(context.Caller()).Select(AccountMapping.Message)]), FarmJson.Default.TokensMessage);

    /// <summary>Makes a token.</summary>
    public async Task<IResult> MakeAsync(HttpContext context)
    {
        var body = await BodyOf.ReadAsync(context, FarmJson.Default.NewTokenMessage, "{\"name\": \"…\", \"role\": \"artist\", \"days\": 90}");
        if (body is not { Name: { } name, Role: { } role }) throw FarmException.Invalid("\"name\" or \"role\" is missing");
        if (body.Days is { } days && days is not (> 0 and <= MaxDays)) throw FarmException.Invalid($"\"days\" must be more than 0, and at most {MaxDays}");
        var lifetime = body.Days is { } limited ? TimeSpan.FromDays(limited) : (TimeSpan?)null;
        var made = await tokens.MakeAsync(context.Caller(), name, RoleOf(role), body.Project, lifetime);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new MadeTokenMessage(made.Secret, AccountMapping.Message(made.Token)), FarmJson.Default.MadeTokenMessage, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Makes a token useless.</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, string token)
    {
        await tokens.RemoveAsync(
            context.Caller(), long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw FarmException.NotFound("no such token"));
        return Results.NoContent();
    }

    private static Role RoleOf(string name) => RoleNames.ParseOfToken(name)
        ?? throw FarmException.Invalid($"unknown role; expected one of {string.Join(", ", RoleNames.OfTokens.Select(role => role.Name()))}");
}
