using System.Security.Claims;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Makes where a request comes from, and its session token, its user, which the framework keeps for the life of the circuit. The token is checked on
/// each use.
/// </summary>
internal sealed class SessionUserMiddleware(RequestDelegate next, SessionCookie cookie)
{
    /// <summary>Sets the user and continues.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        List<Claim> claims = [new(DashboardPeople.AddressClaim, ClientAddress.Of(context))];
        if (Callers.IsLocal(context)) claims.Add(new Claim(DashboardPeople.LocalClaim, ""));
        var token = cookie.Token(context);
        if (token is not null) claims.Add(new Claim(DashboardPeople.Claim, token));
        context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, token is null ? null : "session"));
        return next(context);
    }
}
