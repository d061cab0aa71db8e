using System.Security.Claims;
using Farm.Server.Contracts.TaskTracker;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Hands the session cookie of a request to the pages: the framework keeps the user of the request that opened a circuit for as long as the
/// circuit lives. Whether the session is any good is asked where it is used, each time.
/// </summary>
internal sealed class SessionUserMiddleware(RequestDelegate next, TrackerSettings settings)
{
    /// <summary>The claim that holds the token.</summary>
    public const string Claim = "farm-session";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Cookies[settings.Cookie] is { Length: > 0 } token)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claim, token)], "session"));
        return next(context);
    }
}
