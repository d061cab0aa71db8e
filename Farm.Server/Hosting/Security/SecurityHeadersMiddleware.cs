namespace Farm.Server.Hosting.Security;

/// <summary>
/// Adds security headers: pages may load from and connect to this server only and cannot be framed; browsers must not guess content types.
/// </summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(AddHeadersAsync, context);
        return next(context);
    }

    /// <summary>The policy for a page at <paramref name="host"/>.</summary>
    public static string Policy(string host) => string.Join("; ",
    [
        "default-src 'self'",
        "script-src 'self'",
        // Components set sizes and colours in style attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        // In older browsers, 'self' does not include WebSockets.
        $"connect-src 'self' ws://{host} wss://{host}",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]);

    private static Task AddHeadersAsync(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
            return Task.CompletedTask;
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Appended, because Blazor sends a policy of its own for frames; browsers apply both.
        headers.Append("Content-Security-Policy", Policy(context.Request.Host.ToUriComponent()));
        return Task.CompletedTask;
    }
}
