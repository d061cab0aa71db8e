using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Answers only the networks that the setting <c>networks</c> names, by default loopback and private ones. Most of what a farm's
/// protocols can do needs no password, so a server that a router happens to expose must not be a way in.
/// </summary>
internal sealed class PeerMiddleware(RequestDelegate next, SecuritySettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        // A connection without an address came through a socket file of this machine.
        if (context.Connection.RemoteIpAddress is not { } peer || settings.Networks.Contains(peer))
            return next(context);
        return context.WriteErrorAsync(new HttpError(
            StatusCodes.Status403Forbidden, "this farm does not answer your network; its setting \"networks\" says whom it answers"));
    }
}
