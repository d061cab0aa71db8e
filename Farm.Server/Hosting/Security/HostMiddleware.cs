using System.Net;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses requests for unknown host names; see <see cref="HostNames"/>. What comes after it builds addresses from the host, so one that no
/// address can have is refused too, and an empty one is replaced by the address that the client connected to.
/// </summary>
internal sealed class HostMiddleware(RequestDelegate next, HostNames names)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (string.IsNullOrWhiteSpace(request.Headers.Host.ToString())) request.Host = Own(context.Connection);
        if (!IsPartOfAddress(request))
            return context.WriteErrorAsync(new HttpError(StatusCodes.Status400BadRequest, "malformed Host header; send the name or address of this server"));
        return names.Contains(request.Host.Host)
            ? next(context)
            : context.WriteErrorAsync(new HttpError(
                StatusCodes.Status421MisdirectedRequest, "unknown host name; add it to the setting \"hosts\""));
    }

    private static bool IsPartOfAddress(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host.Value}/", UriKind.Absolute, out var address) && address is { UserInfo: "", AbsolutePath: "/" };
        }
        catch (ArgumentException)
        {
            // Reading the host decodes a name that begins with xn--.
            return false;
        }
    }

    private static HostString Own(ConnectionInfo connection)
    {
        var address = connection.LocalIpAddress ?? IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // A zone, as in fe80::1%3, means something only on this machine.
        var text = address.ToString().Split('%')[0];
        return connection.LocalPort > 0 ? new HostString(text, connection.LocalPort) : new HostString(text);
    }
}
