using System.Security.Claims;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Hands the session cookie of a request to the pages: the framework keeps the user of the request that opened a circuit for as long as the
/// circuit lives. Whether the session is any good is asked where it is used, each time.
/// </summary>
internal sealed class SessionUserMiddleware(RequestDelegate next, SessionCookie cookie)
{
    /// <summary>Passes the request on with the session as its user.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (cookie.Token(context) is { } token)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(DashboardPeople.Claim, token)], "session"));
        return next(context);
    }
}
