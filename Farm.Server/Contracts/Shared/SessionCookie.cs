using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.Shared;

/// <summary>The cookie that a session of a person is known by, in protocols and in the dashboard (Contracts/TaskTracker/Contract.md section 2.3).</summary>
internal sealed class SessionCookie(SessionCookieSettings settings)
{
    /// <summary>The token that a request brings, valid or not; null when it brings none.</summary>
    public string? Token(HttpContext context) => context.Request.Cookies[settings.Name] is { Length: > 0 } token ? token : null;

    /// <summary>Hands a session to a browser.</summary>
    public void Set(HttpContext context, OpenSession session) =>
        context.Response.Cookies.Append(settings.Name, session.Token, Options(context, session.ExpiresAt));

    /// <summary>Takes the session from a browser.</summary>
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
