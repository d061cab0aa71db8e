using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>The session cookie of protocols and the dashboard (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal sealed class SessionCookie(SessionCookieSettings settings)
{
    /// <summary>The session token of a request, valid or not; null without one.</summary>
    public string? Token(HttpContext context) => context.Request.Cookies[settings.Name] is { Length: > 0 } token ? token : null;

    /// <summary>Sets the cookie.</summary>
    public void Set(HttpContext context, OpenSession session) =>
        context.Response.Cookies.Append(settings.Name, session.Token, Options(context, session.ExpiresAt));

    /// <summary>Deletes the cookie.</summary>
    public void Clear(HttpContext context) => context.Response.Cookies.Delete(settings.Name, Options(context, DateTimeOffset.UnixEpoch));

    private static CookieOptions Options(HttpContext context, DateTimeOffset expires) => new()
    {
        Expires = expires,
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
