using Microsoft.AspNetCore.Http.Metadata;

namespace Farm.Server.Contracts.Shared;

/// <summary>The longest request body of an endpoint, in bytes; null for no limit.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

internal static class BodyLimitExtensions
{
    /// <summary>Overrides the farm's body limit for an endpoint or a group; null removes it.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long? bytes)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new BodyLimit(bytes)));
        return builder;
    }
}
