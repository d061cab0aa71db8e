namespace Farm.Server.Contracts.Shared;

/// <summary>What all routes of a group share.</summary>
internal static class RouteGroups
{
    /// <summary>Puts something around every handler of a group, those that are mapped later too. That of a group outside it is outside.</summary>
    public static TBuilder Around<TBuilder>(this TBuilder group, Func<RequestDelegate, RequestDelegate> around)
        where TBuilder : IEndpointConventionBuilder
    {
        group.Finally(endpoint => endpoint.RequestDelegate = endpoint.RequestDelegate is { } handler ? around(handler) : null);
        return group;
    }
}
