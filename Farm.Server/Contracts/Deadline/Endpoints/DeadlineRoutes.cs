using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Maps the routes of the protocol, with its error format also for unknown paths and methods.</summary>
internal sealed class DeadlineRoutes
{
    private readonly RouteGroupBuilder _group;

    /// <summary>Creates a group of authenticated routes.</summary>
    public DeadlineRoutes(IEndpointRouteBuilder app, BasicAuthentication authentication)
    {
        _group = app.MapGroup("").Needs(Permission.Look).WithMetadata(new DeadlineErrors())
            .Wrap(handler => DeadlineErrors.Wrap(authentication.Wrap(handler)));
    }

    /// <summary>Maps one method of a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="access">Who may call it; null for whoever may look.</param>
    /// <param name="bodyLimit">The longest body in bytes; null for the farm's limit.</param>
    public DeadlineRoutes Map(string method, string path, RequestDelegate handler, RouteAccess? access = null, long? bodyLimit = null)
    {
        var endpoint = _group.MapMethods(path, [method], handler);
        if (access is not null) endpoint.Allows(access);
        if (bodyLimit is not null) endpoint.WithBodyLimit(bodyLimit);
        return this;
    }

    /// <summary>Responds 501 to other methods of <c>/api/NAME</c> and 404 to all paths below it.</summary>
    public DeadlineRoutes MapFallbacks(string name)
    {
        Refuse($"/api/{name}", context => DeadlineException.NotImplemented($"{context.Request.Method} is not implemented for {name}."));
        Refuse($"/api/{name}/{{**rest}}", _ => new DeadlineException(StatusCodes.Status404NotFound, "No such path."));
        return this;
    }

    /// <summary>Responds 501 to everything at <c>/api/NAME</c>, for each of these names.</summary>
    public DeadlineRoutes NotImplemented(IEnumerable<string> names)
    {
        foreach (var name in names) Refuse($"/api/{name}/{{**rest}}", _ => DeadlineException.NotImplemented($"{name} is not implemented."));
        return this;
    }

    private void Refuse(string path, Func<HttpContext, DeadlineException> error) =>
        _group.Map(path, (RequestDelegate)(context => throw error(context)));
}
