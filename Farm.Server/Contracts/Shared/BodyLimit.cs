using Microsoft.AspNetCore.Http.Metadata;

namespace Farm.Server.Contracts.Shared;

/// <summary>The longest body in bytes that an endpoint takes; null is without limit.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

internal static class BodyLimitExtensions
{
    /// <summary>Replaces the limit of the farm's settings for an endpoint or a group; null lifts it.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long? bytes)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new BodyLimit(bytes)));
        return builder;
    }
}
