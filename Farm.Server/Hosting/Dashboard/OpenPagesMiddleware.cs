using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Refuses pages and their connections to an address that has too many open, with a sentence that a person can read. Connections that come at
/// the same moment are left to <see cref="OpenPagesFilter"/>.
/// </summary>
internal sealed class OpenPagesMiddleware(RequestDelegate next, OpenPages pages)
{
    public Task InvokeAsync(HttpContext context) =>
        OpensPage(context) && pages.WhyFull(ClientAddress.Of(context)) is { } full
            ? context.WriteErrorAsync(new HttpError(StatusCodes.Status429TooManyRequests, full))
            : next(context);

    /// <summary>
    /// A request with an id belongs to a connection that was accepted before, and one for enhanced navigation to a page that is open.
    /// </summary>
    private static bool OpensPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        ? !context.Request.Headers.Accept.ToString().Contains("blazor-enhanced-nav", StringComparison.Ordinal)
        : context.Request.Path.Value is "/_blazor" or "/_blazor/negotiate" && !context.Request.Query.ContainsKey("id");
}
