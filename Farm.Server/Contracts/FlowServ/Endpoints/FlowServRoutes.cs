using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Maps the routes of the protocol, with its error format also for unknown paths and methods.</summary>
internal sealed class FlowServRoutes
{
    /// <summary>The path prefix of the protocol's routes.</summary>
    public const string Base = "/flowserv/api/v1";

    private const long LargeBodyBytes = 4 * 1024 * 1024;

    private readonly RouteGroupBuilder _group;

    /// <summary>Creates a group of routes that pages of any site may call, as authentication uses a header, never a cookie.</summary>
    public FlowServRoutes(IEndpointRouteBuilder app)
    {
        _group = app.MapGroup(Base).WithMetadata(new FlowServErrors(), new AllowCrossSite(SessionCookie: "")).Wrap(FlowServErrors.Wrap);
    }

    /// <summary>Maps one method of a path.</summary>
    public FlowServRoutes Map(string method, string path, RequestDelegate handler, BodyLimit? bodyLimit = null)
    {
        _group.MapMethods(path, [method], handler).WithMetadata(bodyLimit ?? new BodyLimit(LargeBodyBytes));
        return this;
    }

    /// <summary>Answers CORS preflight requests, and responds 404 to every other path and method.</summary>
    public void MapFallbacks()
    {
        _group.MapMethods("/{**path}", ["OPTIONS"], PreflightAsync);
        _group.Map("/{**path}", (RequestDelegate)(_ => throw new FlowServException(StatusCodes.Status404NotFound, "no such path")));
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
