namespace Farm.Server.Hosting.Security;

/// <summary>
/// Says once in the log that a proxy's word is not taken. Behind a reverse proxy that is not in <c>trusted_proxies</c> every client
/// seems to have the proxy's address, and so to be on a network that is answered.
/// </summary>
internal sealed class ForwardingNoticeMiddleware(RequestDelegate next, ILogger<ForwardingNoticeMiddleware> log)
{
    private int _said;

    public Task InvokeAsync(HttpContext context)
    {
        // The framework takes away what it has believed; what is left was not.
        if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref _said, 1) == 0)
        {
            log.LogWarning(
                "{Peer} sent X-Forwarded-For and is not believed; if it is your reverse proxy, name it in the setting trusted_proxies",
                context.Connection.RemoteIpAddress);
        }
        return next(context);
    }
}
