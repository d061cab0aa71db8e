using Farm.Server.Contracts.Deadline.Endpoints;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Maps the routes of the protocol, each wrapped in what all of them share, and refuses everything else below them in the protocol's form.</summary>
internal sealed class DeadlineRoutes
{
    private readonly RouteGroupBuilder _group;
    private readonly Func<RequestDelegate, RequestDelegate> _around;

    /// <summary>Routes behind the authentication.</summary>
    public DeadlineRoutes(IEndpointRouteBuilder app, BasicAuthentication authentication)
    {
        _group = app.MapGroup("");
        _group.WithMetadata(new DeadlineErrors());
        _around = handler => DeadlineErrors.Around(authentication.Around(handler));
    }

    /// <summary>Maps one method of a path.</summary>
    public DeadlineRoutes Map(string method, string path, RequestDelegate handler, long? bodyLimit = null)
    {
        var endpoint = _group.MapMethods(path, [method], _around(handler));
        if (bodyLimit is not null) endpoint.WithBodyLimit(bodyLimit);
        return this;
    }

    /// <summary>Answers 501 to other methods of <c>/api/NAME</c>, whatever they bring, and 404 to all paths below it.</summary>
    public void RefuseTheRest(string name)
    {
        Refuse($"/api/{name}", context => DeadlineException.NotBuilt($"{context.Request.Method} is not implemented for {name}."));
        Refuse($"/api/{name}/{{**rest}}", _ => new DeadlineException(StatusCodes.Status404NotFound, "There is nothing at this path."));
    }

    /// <summary>Answers 501 to everything about <c>/api/NAME</c>.</summary>
    public void NotBuilt(string name) => Refuse($"/api/{name}/{{**rest}}", _ => DeadlineException.NotBuilt($"This farm has no {name}."));

    private void Refuse(string path, Func<HttpContext, DeadlineException> refusal) =>
        _group.Map(path, _around(context => throw refusal(context)));
}
