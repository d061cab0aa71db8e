using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Users and their tokens (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed class UserEndpoints(FlowServAuthentication authentication, FarmAccounts accounts, Sessions sessions, FlowServSettings settings)
{
    private const int MaxNameLength = 512;

    /// <summary>Registers a user, who waits for activation with <c>verify</c>, and else as the farm's settings say.</summary>
    public async Task RegisterAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, "username", "password", "verify");
        var (username, password, verify) = (body.Required("username"), body.Required("password"), body.Flag("verify") ?? true);
        if (username.Length > MaxNameLength) throw FlowServException.Malformed("username too long");
        if (AccountRules.WhyNameNotAllowed(username) is not null) throw FlowServException.Malformed("invalid name");
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        try
        {
            var account = await accounts.RegisterAsync(context.Caller(), username, password, waits: verify);
            await context.RespondAsync(Mapping.User(account), FlowServJson.Wire.UserMessage, StatusCodes.Status201Created);
        }
        catch (FarmException taken) when (taken.Kind == ErrorKind.Conflict)
        {
            throw FlowServException.Malformed($"duplicate user '{username}'");
        }
    }

    /// <summary>Activates a user; for administrators.</summary>
    public async Task ActivateAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var id = (await RequestBody.ReadAsync(context, "id")).Required("id");
        var known = Guid.TryParseExact(id, "N", out var uuid) ? accounts.Find(uuid) : null;
        authentication.Administrator(token);
        if (known is null) throw Unknown(id);
        await context.RespondAsync(Mapping.User(await accounts.ActivateAsync(context.Caller(), uuid)), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Logs in with a name and password; returns a token.</summary>
    public async Task LoginAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, "username", "password");
        var (username, password) = (body.Required("username"), body.Required("password"));
        var account = await accounts.AuthenticateAsync(context.Caller(), username, password) ?? throw Unknown(username);
        var session = await sessions.OpenLastingAsync(account.Id, settings.TokenLifetime, ClientAddress.Of(context));
        await context.RespondAsync(Mapping.User(account, session.Token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Logs out: revokes a token.</summary>
    public async Task LogoutAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        await RequestBody.ReadOptionalAsync(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        await sessions.EndAsync(token);
        await context.RespondAsync(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    /// <summary>The user of a token.</summary>
    public Task WhoAmIAsync(HttpContext context)
    {
        var token = FlowServAuthentication.Token(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        return context.RespondAsync(Mapping.User(account, token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Active users whose names start with a prefix, by name.</summary>
    public Task ListAsync(HttpContext context)
    {
        authentication.Account(FlowServAuthentication.Token(context));
        var prefix = context.Request.Query["query"].ToString();
        var users = accounts.All().Where(account => account.IsActive && account.Username.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(account => account.Username, StringComparer.Ordinal);
        return context.RespondAsync(new UsersMessage([.. users.Select(account => Mapping.User(account))]), FlowServJson.Wire.UsersMessage);
    }

    private static FarmException Unknown(string user) => FarmException.NotFound($"unknown user '{user}'");
}
