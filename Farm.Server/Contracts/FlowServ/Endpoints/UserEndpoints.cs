using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Users and their tokens (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed class UserEndpoints(Callers callers, FarmAccounts accounts, Sessions sessions, FlowServSettings settings)
{
    private const int LongestName = 512;

    /// <summary>Makes a user, who waits to be activated unless the request says otherwise.</summary>
    public async Task RegisterAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, "username", "password", "verify");
        var (username, password, verify) = (body.Needed("username"), body.Needed("password"), body.Flag("verify") ?? true);
        if (username.Length > LongestName) throw FlowServException.Malformed("username too long");
        if (AccountRules.WhyNameNotAllowed(username) is not null) throw FlowServException.Malformed("invalid name");
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        try
        {
            var account = await accounts.RegisterAsync(username, password, active: !verify);
            await context.AnswerAsync(Mapping.User(account), FlowServJson.Wire.UserMessage, StatusCodes.Status201Created);
        }
        catch (FarmException taken) when (taken.Kind == ErrorKind.Conflict)
        {
            throw FlowServException.Malformed($"duplicate user '{username}'");
        }
    }

    /// <summary>Lets a user log in from now on.</summary>
    public async Task ActivateAsync(HttpContext context)
    {
        var id = (await RequestBody.ReadAsync(context, "id")).Needed("id");
        var known = Guid.TryParseExact(id, "N", out var uuid) ? accounts.Find(uuid) : null;
        if (known is null) throw Unknown(id);
        await context.AnswerAsync(Mapping.User(await accounts.ActivateAsync(uuid)), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Gives a token for a name and a password.</summary>
    public async Task LoginAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context, "username", "password");
        var (username, password) = (body.Needed("username"), body.Needed("password"));
        var account = await accounts.AuthenticateAsync(username, password) ?? throw Unknown(username);
        var session = await sessions.OpenLastingAsync(account.Id, settings.TokenLifetime);
        await context.AnswerAsync(Mapping.User(account, session.Token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Ends a token.</summary>
    public async Task LogoutAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        await RequestBody.ReadOptionalAsync(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        await sessions.EndAsync(token);
        await context.AnswerAsync(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Says whose a token is.</summary>
    public Task WhoAmIAsync(HttpContext context)
    {
        var token = Callers.Token(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        return context.AnswerAsync(Mapping.User(account, token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Users who can log in and whose names begin with something, by name.</summary>
    public Task ListAsync(HttpContext context)
    {
        callers.Account(Callers.Token(context));
        var prefix = context.Request.Query["query"].ToString();
        var users = accounts.All().Where(account => account.IsActive && account.Username.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(account => account.Username, StringComparer.Ordinal);
        return context.AnswerAsync(new UsersMessage([.. users.Select(account => Mapping.User(account))]), FlowServJson.Wire.UsersMessage);
    }

    private static FarmException Unknown(string user) => FarmException.NotFound($"unknown user '{user}'");
}
