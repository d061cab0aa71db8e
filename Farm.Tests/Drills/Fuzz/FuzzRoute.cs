using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>A route of the server.</summary>
/// <param name="Protocol">The protocol; empty for pages and files.</param>
/// <param name="Methods">Its methods; none for all.</param>
/// <param name="Segments">The segments of its path: literal, <c>{name}</c>, or <c>{**name}</c> for any number.</param>
internal sealed record FuzzRoute(string Protocol, IReadOnlyList<string> Methods, IReadOnlyList<string> Segments)
{
    // Not ours: circuits of Blazor, whose polls answer late on purpose.
    private const string Circuits = "_blazor";

    /// <summary>All routes of the route table, but those of Blazor's circuits.</summary>
    public static IReadOnlyList<FuzzRoute> All(IEnumerable<EndpointDataSource> sources) =>
    [
        .. sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => new FuzzRoute(
                endpoint.Metadata.GetMetadata<ProtocolName>()?.Name is { } name && name != DashboardHosting.Name ? name : "",
                endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [],
                [.. endpoint.RoutePattern.PathSegments.Select(Segment)]))
            .Where(route => route.Segments is not [Circuits, ..]),
    ];

    /// <summary>Whether a request goes this way.</summary>
    public bool Matches(string method, string target)
    {
        if (Methods.Count > 0 && !Methods.Contains(method)) return false;
        var path = target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < Segments.Count; i++)
        {
            if (Segments[i].StartsWith("{**", StringComparison.Ordinal)) return true;
            if (i >= path.Length || (Segments[i][0] != '{' && !Segments[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))) return false;
        }

        return path.Length == Segments.Count;
    }

    private static string Segment(RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { IsCatchAll: true } parameter => $"{{**{parameter.Name}}}",
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        _ => "",
    }));
}
