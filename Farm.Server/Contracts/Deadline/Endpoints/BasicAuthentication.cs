using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>
/// HTTP Basic, if a user and password are configured; one of the farm's own tokens will do as well. A 401 always has the challenge, as older clients send credentials only after it
/// (Contracts/Deadline/Contract.md section 1.10).
/// </summary>
/// <param name="login">The user and password; null for no authentication.</param>
/// <param name="refused">Writes wrong passwords to the audit.</param>
internal sealed class BasicAuthentication(BasicLogin? login, RefusedRequests refused)
{
    /// <summary>Lets only authenticated requests through to a handler.</summary>
    public RequestDelegate Wrap(RequestDelegate handler) => login is null ? handler : async context =>
    {
        if (context.Caller().Token is not null)
        {
            await handler(context);
            return;
        }

        var credentials = BasicCredentials.Parse(context.Request.Headers.Authorization);
        if (credentials is var (user, password) && await login.CheckAsync(user, password))
        {
            await handler(context);
            return;
        }

        // A request without credentials only asks for the challenge.
        if (credentials is not null) await refused.RecordAsync(context, AuditVerb.SignIn, AuditTarget.None, "wrong user name or password");

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"Farm\", charset=\"UTF-8\"";
        await context.WriteErrorAsync(new HttpError(StatusCodes.Status401Unauthorized, "User name and password required.") { IsAudited = true });
    };
}
