using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Hosting;

/// <summary>Marks an endpoint for requests that accept <c>text/html</c>, as browsers send.</summary>
internal sealed class HtmlOnlyAttribute : Attribute;

/// <summary>
/// Lets several protocols share a path: Docs/design.md section 4, "Who owns a path that several want". A request whose <c>Accept</c> names
/// <c>text/html</c> gets the endpoint marked <see cref="HtmlOnlyAttribute"/>. One without <c>Accept</c>, or naming <c>application/json</c>,
/// gets the one marked <see cref="PrefersJson"/>. Any other gets what is left; when nothing is, the <see cref="PrefersJson"/> one.
/// </summary>
internal sealed class HtmlOnlyMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => KindOf(endpoint) != Kind.Other);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var chosen = Wanted(httpContext.Request).FirstOrDefault(kind => Has(candidates, kind), Kind.Other);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && KindOf(candidates[i].Endpoint) != chosen)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    /// <summary>What a request wants, best first.</summary>
    private static Kind[] Wanted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) accepted = [];
        if (Names(accepted, "text/html")) return [Kind.Html, Kind.Other, Kind.Json];
        return request.Headers.Accept.Count == 0 || Names(accepted, "application/json") ? [Kind.Json, Kind.Other] : [Kind.Other, Kind.Json];
    }

    private static bool Has(CandidateSet candidates, Kind kind)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && KindOf(candidates[i].Endpoint) == kind) return true;
        }

        return false;
    }

    private static Kind KindOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HtmlOnlyAttribute>() is not null ? Kind.Html
        : endpoint.Metadata.GetMetadata<PrefersJson>() is not null ? Kind.Json
        : Kind.Other;

    private static bool Names(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Any(accept => accept.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) && accept.Quality is not 0);

    private enum Kind
    {
        Html,
        Json,
        Other,
    }
}
