using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Shared;

/// <summary>Says of routes and groups who may call them.</summary>
internal static class RouteAccessExtensions
{
    /// <summary>Requires a permission.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.Allows(RouteAccess.Needs(permission));

    /// <summary>Says who may call.</summary>
    public static TBuilder Allows<TBuilder>(this TBuilder builder, RouteAccess access)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(access);
}
