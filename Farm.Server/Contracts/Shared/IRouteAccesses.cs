namespace Farm.Server.Contracts.Shared;

/// <summary>A route of a table that an endpoint keeps itself.</summary>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Path">The path below the endpoint's base path.</param>
/// <param name="Access">Who may call it.</param>
internal sealed record RouteRow(IReadOnlyList<string> Methods, string Path, RouteAccess Access);

/// <summary>Endpoint metadata: the endpoint serves several routes, each with its own <see cref="RouteAccess"/>.</summary>
internal interface IRouteAccesses
{
    /// <summary>All of them, in the order of the protocol's document.</summary>
    IEnumerable<RouteRow> Rows { get; }

    /// <summary>Who may make a request; null if the request matches none of them, and the endpoint refuses it.</summary>
    RouteAccess? Of(HttpContext context);
}
