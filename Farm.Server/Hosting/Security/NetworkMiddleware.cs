using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Answers only the networks of the setting <c>networks</c>, by default loopback and private ones. Most requests need no password, so a
/// server that a router exposes by accident must not answer the internet.
/// </summary>
internal sealed class NetworkMiddleware(RequestDelegate next, SecuritySettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Without an address, the connection came through a Unix socket of this machine.
        if (context.Connection.RemoteIpAddress is not { } peer || settings.Networks.Contains(peer))
            return next(context);
        return context.WriteErrorAsync(new HttpError(
            StatusCodes.Status403Forbidden, "your network is not allowed; see the setting \"networks\""));
    }
}
