using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>
/// HTTP Basic, if a user and password are configured; one of the farm's own tokens will do as well. A 401 always has the challenge, as older clients send credentials only after it
/// (Contracts/Deadline/Contract.md section 1.10).
/// </summary>
/// <param name="login">The user and password; null for no authentication.</param>
internal sealed class BasicAuthentication(BasicLogin? login)
{
    /// <summary>Lets only authenticated requests through to a handler.</summary>
    public RequestDelegate Wrap(RequestDelegate handler) => login is null ? handler : async context =>
    {
        if (context.Caller().Token is not null)
        {
            await handler(context);
            return;
        }

        if (BasicCredentials.Parse(context.Request.Headers.Authorization) is var (user, password) && await login.CheckAsync(user, password))
        {
            await handler(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Farm\", charset=\"UTF-8\"";
        await context.WriteErrorAsync(new HttpError(StatusCodes.Status401Unauthorized, "User name and password required."));
    };
}
