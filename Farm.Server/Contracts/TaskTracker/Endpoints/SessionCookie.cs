using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>The cookie that a session is known by, in this protocol and in the dashboard (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal static class SessionCookie
{
    /// <summary>Hands a session to a browser.</summary>
    public static void Set(HttpContext context, TrackerSettings settings, OpenSession session) =>
        context.Response.Cookies.Append(settings.Cookie, session.Token, Options(context, session.ExpiresAt));

    /// <summary>Takes the session from a browser.</summary>
    public static void Clear(HttpContext context, TrackerSettings settings) =>
        context.Response.Cookies.Delete(settings.Cookie, Options(context, DateTimeOffset.UnixEpoch));

    private static CookieOptions Options(HttpContext context, DateTimeOffset expires) => new()
    {
        Expires = expires,
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
