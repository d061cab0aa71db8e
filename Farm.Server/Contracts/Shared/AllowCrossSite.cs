using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Endpoint metadata: pages of these origins may call this endpoint although it changes something. Where the protocol has sessions, only without
/// the session cookie, as such a request is one that anybody could send.
/// </summary>
/// <param name="Origins">From the protocol's setting <c>origins</c>; see <see cref="OriginsAttribute"/>.</param>
/// <param name="SessionCookie">The name of the session cookie; null for a protocol without sessions.</param>
internal sealed record AllowCrossSite(IReadOnlyList<string> Origins, string? SessionCookie = null)
{
    /// <summary>Whether a request from another site may pass.</summary>
    public bool Admits(HttpRequest request) =>
        request.Headers.Origin is [{ } origin]
        && Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        && (SessionCookie is null || !request.Cookies.ContainsKey(SessionCookie));
}

/// <summary>CORS of the protocols: none, except for the origins in their settings.</summary>
internal static class CrossOrigin
{
    /// <summary>Adds the policy of a protocol, for <see cref="CorsEndpointConventionBuilderExtensions"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="protocol">Its name, also that of the policy.</param>
    /// <param name="origins">From its setting <c>origins</c>.</param>
    /// <param name="configure">Adds the methods and headers of the protocol.</param>
    public static IServiceCollection AddCrossOrigin(
        this IServiceCollection services, string protocol, IReadOnlyList<string> origins, Action<CorsPolicyBuilder> configure) =>
        services.AddCors(cors => cors.AddPolicy(protocol, policy => configure(policy.WithOrigins([.. origins]))));
}
