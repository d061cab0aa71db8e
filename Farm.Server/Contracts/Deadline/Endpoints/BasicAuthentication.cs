using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>
/// HTTP Basic, where the studio set a user and a password; otherwise everyone may. A refusal always has the challenge: older clients only
/// send credentials after it (Contracts/Deadline/Contract.md section 1.10).
/// </summary>
/// <param name="login">The user and password; null when none is asked for.</param>
internal sealed class BasicAuthentication(BasicLogin? login)
{
    /// <summary>Lets only those through to a handler who know the password.</summary>
    public RequestDelegate Around(RequestDelegate handler) => login is null ? handler : async context =>
    {
        if (BasicCredentials.Parse(context.Request.Headers.Authorization) is var (user, password) && await login.CheckAsync(user, password))
        {
            await handler(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Farm\", charset=\"UTF-8\"";
        await context.WriteErrorAsync(new HttpError(StatusCodes.Status401Unauthorized, "A user name and password are needed."));
    };
}
