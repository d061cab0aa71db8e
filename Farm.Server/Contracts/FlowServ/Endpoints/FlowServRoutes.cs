using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>Maps the routes of the protocol, with its error format also for unknown paths and methods.</summary>
internal sealed class FlowServRoutes
{
    /// <summary>The path prefix of the protocol's routes.</summary>
    public const string Base = "/flowserv/api/v1";

    private const long LargeBodyBytes = 4 * 1024 * 1024;

    private readonly RouteGroupBuilder _group;

    /// <summary>Creates a group of routes, which pages of the configured origins may call too.</summary>
    public FlowServRoutes(IEndpointRouteBuilder app, FlowServSettings settings)
    {
        _group = app.MapGroup(Base)
            .WithMetadata(new FlowServErrors(), new AllowCrossSite(settings.Origins))
            .RequireCors(FlowServModule.ProtocolName)
            .Wrap(FlowServErrors.Wrap);
    }

    /// <summary>Maps one method of a path.</summary>
    public FlowServRoutes Map(string method, string path, RequestDelegate handler, BodyLimit? bodyLimit = null)
    {
        _group.MapMethods(path, [method], handler).WithMetadata(bodyLimit ?? new BodyLimit(LargeBodyBytes));
        return this;
    }

    /// <summary>Responds 404 to every other path and method.</summary>
    public void MapFallbacks() =>
        _group.Map("/{**path}", (RequestDelegate)(_ => throw new FlowServException(StatusCodes.Status404NotFound, "no such path")));
}
