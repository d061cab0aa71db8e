namespace Farm.Server.Contracts.Shared;

/// <summary>Extensions of route groups.</summary>
internal static class RouteGroups
{
    /// <summary>Wraps every handler of a group, also those mapped later. The wrapper of an outer group runs first.</summary>
    public static TBuilder Wrap<TBuilder>(this TBuilder group, Func<RequestDelegate, RequestDelegate> wrap)
        where TBuilder : IEndpointConventionBuilder
    {
        group.Finally(endpoint => endpoint.RequestDelegate = endpoint.RequestDelegate is { } handler ? wrap(handler) : null);
        return group;
    }
}
