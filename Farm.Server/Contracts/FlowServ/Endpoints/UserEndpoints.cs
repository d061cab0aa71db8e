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
    public async Task Register(HttpContext context)
    {
        var body = await RequestBody.Read(context, "username", "password", "verify");
        var (username, password, verify) = (body.Needed("username"), body.Needed("password"), body.Flag("verify") ?? true);
        if (username.Length > LongestName) throw FlowServException.Malformed("username too long");
        if (AccountRules.WrongWithName(username) is not null) throw FlowServException.Malformed("invalid name");
        if (password.Length == 0) throw FlowServException.Malformed("empty password");
        try
        {
            var account = await accounts.Register(username, password, active: !verify);
            await context.Answer(Mapping.User(account), FlowServJson.Wire.UserMessage, StatusCodes.Status201Created);
        }
        catch (FarmException taken) when (taken.Kind == ErrorKind.Conflict)
        {
            throw FlowServException.Malformed($"duplicate user '{username}'");
        }
    }

    /// <summary>Lets a user log in from now on.</summary>
    public async Task Activate(HttpContext context)
    {
        var id = (await RequestBody.Read(context, "id")).Needed("id");
        var known = Guid.TryParseExact(id, "N", out var uuid) ? accounts.Find(uuid) : null;
        if (known is null) throw Unknown(id);
        await context.Answer(Mapping.User(await accounts.Activate(uuid)), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Gives a token for a name and a password.</summary>
    public async Task Login(HttpContext context)
    {
        var body = await RequestBody.Read(context, "username", "password");
        var (username, password) = (body.Needed("username"), body.Needed("password"));
        var account = await accounts.Authenticate(username, password) ?? throw Unknown(username);
        var session = await sessions.OpenLasting(account.Id, settings.TokenLifetime);
        await context.Answer(Mapping.User(account, session.Token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Ends a token.</summary>
    public async Task Logout(HttpContext context)
    {
        var token = Callers.Token(context);
        await RequestBody.ReadOptional(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        await sessions.End(token);
        await context.Answer(Mapping.User(account), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Says whose a token is.</summary>
    public Task WhoAmI(HttpContext context)
    {
        var token = Callers.Token(context);
        var account = sessions.Find(token) ?? throw FlowServException.NotLoggedIn();
        return context.Answer(Mapping.User(account, token), FlowServJson.Wire.UserMessage);
    }

    /// <summary>Users who can log in and whose names begin with something, by name.</summary>
    public Task List(HttpContext context)
    {
        callers.Account(Callers.Token(context));
        var prefix = context.Request.Query["query"].ToString();
        var users = accounts.All().Where(account => account.IsActive && account.Username.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(account => account.Username, StringComparer.Ordinal);
        return context.Answer(new UsersMessage([.. users.Select(account => Mapping.User(account))]), FlowServJson.Wire.UsersMessage);
    }

    private static FarmException Unknown(string user) => FarmException.NotFound($"unknown user '{user}'");
}
