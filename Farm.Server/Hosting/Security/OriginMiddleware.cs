using Farm.Server.Contracts.Shared;
using Microsoft.Extensions.Primitives;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses requests that change something, and WebSockets, when a browser sends them for a page of another site. Such a page can
/// reach the farm through the visitor's browser, from inside the network. Browsers say so in Sec-Fetch-Site or Origin; workers and
/// scripts send neither and pass. An endpoint may be open to other sites as long as they bring no session (<see cref="AllowCrossSite"/>).
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return !MayChangeSomething(request) || IsFromHere(request) || IsOpenToOthers(context)
            ? next(context)
            : context.WriteErrorAsync(new HttpError(StatusCodes.Status403Forbidden, "refused: the request comes from a page of another site"));
    }

    private static bool IsOpenToOthers(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AllowCrossSite>() is { } others && others.Admits(context.Request);

    // A WebSocket is opened with GET and then carries anything; browsers let any page open one.
    private static bool MayChangeSomething(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.Count > 0
        || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StateChangingGet>() is not null;

    private static bool IsFromHere(HttpRequest request)
    {
        // Not every browser sends it, and none does to plain http on a network; where it is there, it is the better witness,
        // as it is right behind a proxy that changes the host too.
        var site = request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(site))
            return site.All(value => value is "same-origin" or "none");
        var origin = request.Headers.Origin;
        return StringValues.IsNullOrEmpty(origin) || origin.All(value => IsSameHost(value, request.Host));
    }

    // The scheme is left out: behind a proxy that does the encryption, the server sees http where the browser says https.
    private static bool IsSameHost(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && HostString.FromUriComponent(uri) is var from
        && string.Equals(from.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (host.Port ?? (uri.Scheme == "https" ? 443 : 80));
}
