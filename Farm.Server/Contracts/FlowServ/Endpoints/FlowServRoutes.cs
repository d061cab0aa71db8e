using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Maps the routes of the protocol in a group that has what all of them share, and refuses everything else below them in the protocol's form.</summary>
internal sealed class FlowServRoutes
{
    /// <summary>Where the paths of the protocol begin.</summary>
    public const string Base = "/flowserv/api/v1";

    private const long LongBody = 4 * 1024 * 1024;

    private readonly RouteGroupBuilder _group;

    /// <summary>Routes that pages of any site may call: who calls is known by a header that they must bring, never by a cookie.</summary>
    public FlowServRoutes(IEndpointRouteBuilder app)
    {
        _group = app.MapGroup(Base).WithMetadata(new FlowServErrors(), new AllowCrossSite(SessionCookie: "")).Around(FlowServErrors.Around);
    }

    /// <summary>Maps one method of a path.</summary>
    public FlowServRoutes Map(string method, string path, RequestDelegate handler, BodyLimit? bodyLimit = null)
    {
        _group.MapMethods(path, [method], handler).WithMetadata(bodyLimit ?? new BodyLimit(LongBody));
        return this;
    }

    /// <summary>Answers browsers that ask what they may send, and 404 to every other path and method.</summary>
    public void RefuseTheRest()
    {
        _group.MapMethods("/{**path}", ["OPTIONS"], PreflightAsync);
        _group.Map("/{**path}", (RequestDelegate)(_ => throw new FlowServException(StatusCodes.Status404NotFound, "there is nothing at this path")));
    }

    private static Task PreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "api_key, content-type";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
