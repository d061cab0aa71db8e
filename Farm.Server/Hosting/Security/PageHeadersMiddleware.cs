namespace Farm.Server.Hosting.Security;

/// <summary>
/// Tells browsers what a page of the farm may do: load and connect to this server only, and be framed by nobody, so that a click
/// cannot be stolen. Nothing is guessed to be a script that was not sent as one.
/// </summary>
internal sealed class PageHeadersMiddleware(RequestDelegate next)
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
        // Older browsers do not count WebSockets as 'self'.
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
        // Beside a policy that is there already (Blazor sends one of its own, for frames): browsers hold to all of them.
        headers.Append("Content-Security-Policy", Policy(context.Request.Host.ToUriComponent()));
        return Task.CompletedTask;
    }
}
