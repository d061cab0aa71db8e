using Farm.Server.Contracts.Shared;
using Microsoft.Extensions.Primitives;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses state-changing requests and WebSockets from pages of other sites, which reach the farm through a visitor's browser. Browsers
/// send Sec-Fetch-Site or Origin; workers and scripts send neither and pass. <see cref="AllowCrossSite"/> makes exceptions.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return !MayChangeSomething(request) || IsFromHere(request) || IsOpenToOthers(context)
            ? next(context)
            : context.WriteErrorAsync(new HttpError(StatusCodes.Status403Forbidden, "request from another site refused"));
    }

    private static bool IsOpenToOthers(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AllowCrossSite>() is { } others && others.Admits(context.Request);

    // A WebSocket is opened with GET, and browsers let any page open one.
    private static bool MayChangeSomething(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Headers.Upgrade.Count > 0
        || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StateChangingGet>() is not null;

    private static bool IsFromHere(HttpRequest request)
    {
        // Preferred to Origin where it exists, because it is right behind a proxy that changes the host. Browsers omit it for plain HTTP on a network.
        var site = request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(site))
            return site.All(value => value is "same-origin" or "none");
        var origin = request.Headers.Origin;
        return StringValues.IsNullOrEmpty(origin) || origin.All(value => IsSameHost(value, request.Host));
    }

    // The scheme is not compared: behind a TLS proxy the server sees http, the browser https.
    private static bool IsSameHost(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && HostString.FromUriComponent(uri) is var from
        && string.Equals(from.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (host.Port ?? (uri.Scheme == "https" ? 443 : 80));
}
