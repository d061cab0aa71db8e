namespace Farm.Server.Hosting.Security;

/// <summary>
/// Warns once about forwarding headers from a proxy that is not in <c>trusted_proxies</c>: every client then seems to have the proxy's
/// address, and so to be on an allowed network.
/// </summary>
internal sealed class UntrustedProxyMiddleware(RequestDelegate next, ILogger<UntrustedProxyMiddleware> log)
{
    private int _said;

    public Task InvokeAsync(HttpContext context)
    {
        // The framework removes the headers that it has used.
        if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref _said, 1) == 0)
        {
            log.LogWarning(
                "Ignored X-Forwarded-For from {Peer}; if it is your reverse proxy, add it to the setting trusted_proxies",
                context.Connection.RemoteIpAddress);
        }
        return next(context);
    }
}
