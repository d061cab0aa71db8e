using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Maps the routes of the protocol in a group that has what all of them share, and refuses everything else below them in the protocol's form.</summary>
internal sealed class DeadlineRoutes
{
    private readonly RouteGroupBuilder _group;

    /// <summary>Routes behind the authentication.</summary>
    public DeadlineRoutes(IEndpointRouteBuilder app, BasicAuthentication authentication)
    {
        _group = app.MapGroup("").WithMetadata(new DeadlineErrors())
            .Around(handler => DeadlineErrors.Around(authentication.Around(handler)));
    }

    /// <summary>Maps one method of a path.</summary>
    public DeadlineRoutes Map(string method, string path, RequestDelegate handler, long? bodyLimit = null)
    {
        var endpoint = _group.MapMethods(path, [method], handler);
        if (bodyLimit is not null) endpoint.WithBodyLimit(bodyLimit);
        return this;
    }

    /// <summary>Answers 501 to other methods of <c>/api/NAME</c>, whatever they bring, and 404 to all paths below it.</summary>
    public DeadlineRoutes RefuseTheRest(string name)
    {
        Refuse($"/api/{name}", context => DeadlineException.NotBuilt($"{context.Request.Method} is not implemented for {name}."));
        Refuse($"/api/{name}/{{**rest}}", _ => new DeadlineException(StatusCodes.Status404NotFound, "There is nothing at this path."));
        return this;
    }

    /// <summary>Answers 501 to everything about <c>/api/NAME</c>, for each of these names.</summary>
    public DeadlineRoutes NotBuilt(IEnumerable<string> names)
    {
        foreach (var name in names) Refuse($"/api/{name}/{{**rest}}", _ => DeadlineException.NotBuilt($"This farm has no {name}."));
        return this;
    }

    private void Refuse(string path, Func<HttpContext, DeadlineException> refusal) =>
        _group.Map(path, (RequestDelegate)(context => throw refusal(context)));
}
