using System.Security.Claims;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Makes the session token of a request its user, which the framework keeps for the life of the circuit. The token is checked on each use.
/// </summary>
internal sealed class SessionUserMiddleware(RequestDelegate next, SessionCookie cookie)
{
    /// <summary>Sets the user and continues.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (cookie.Token(context) is { } token)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(DashboardPeople.Claim, token)], "session"));
        return next(context);
    }
}
