using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Hosting;

/// <summary>Marks an endpoint that answers only requests whose <c>Accept</c> names <c>text/html</c>, as a browser's address bar sends it.</summary>
internal sealed class HtmlOnlyAttribute : Attribute;

/// <summary>
/// Hides endpoints marked <see cref="HtmlOnlyAttribute"/> from requests that do not name <c>text/html</c>, and all others at the same path
/// from requests that do, so that several protocols can share it: DESIGN section 4, "Who owns a path that several want".
/// </summary>
internal sealed class HtmlOnlyMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsHtmlOnly);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsHtml = NamesHtml(httpContext.Request) && HasHtml(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsHtmlOnly(candidates[i].Endpoint) != wantsHtml)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    private static bool HasHtml(CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsHtmlOnly(candidates[i].Endpoint)) return true;
        }

        return false;
    }

    private static bool IsHtmlOnly(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HtmlOnlyAttribute>() is not null;

    private static bool NamesHtml(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);
}
