using System.Text.Json;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>The accounts of the farm, for administrators (Contracts/Farm/Contract.md section 7).</summary>
internal sealed class AccountEndpoints(FarmAccounts accounts)
{
    /// <summary>All accounts, in order of registration.</summary>
    public IResult List() => Results.Json(new AccountsMessage([.. accounts.All().Select(Message)]), FarmJson.Default.AccountsMessage);

    /// <summary>Allows an account to sign in.</summary>
    public async Task<IResult> ActivateAsync(string account) =>
        Results.Json(Message(await accounts.ActivateAsync(Find(account).Uuid)), FarmJson.Default.AccountMessage);

    /// <summary>Sets the password of an account and ends its sessions.</summary>
    public async Task<IResult> SetPasswordAsync(HttpContext context, string account)
    {
        var known = Find(account);
        await accounts.SetPasswordAsync(known.Id, await ReadAsync(context));
        return Results.NoContent();
    }

    private static async Task<string> ReadAsync(HttpContext context)
    {
        try
        {
            var json = await JsonBody.ReadAsync(context);
            JsonBody.Check(json.Span);
            if (JsonSerializer.Deserialize(json.Span, FarmJson.Default.PasswordMessage) is { Password: { Length: > 0 } password }) return password;
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw FarmException.Invalid("the body must be {\"password\": \"the new password\"}");
    }

    private Account Find(string id) =>
        Guid.TryParse(id, out var uuid) && accounts.Find(uuid) is { } account ? account : throw FarmException.NotFound("no such account");

    private static AccountMessage Message(Account account) => new(
        account.Uuid, account.Username, account.IsActive, account.IsAdministrator, DateTimeOffset.FromUnixTimeMilliseconds(account.CreatedAt));
}
