using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

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
            .Needs(Permission.Look)
            .WithMetadata(new FlowServErrors(), new AllowCrossSite(settings.Origins))
            .RequireCors(FlowServModule.ProtocolName)
            .Wrap(FlowServErrors.Wrap);
    }

    /// <summary>Maps one method of a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <see cref="Base"/>.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="access">Who may call it; null for whoever may look, and as the handler says.</param>
    /// <param name="bodyLimit">The longest body; null for the protocol's.</param>
    public FlowServRoutes Map(string method, string path, RequestDelegate handler, RouteAccess? access = null, BodyLimit? bodyLimit = null)
    {
        var endpoint = _group.MapMethods(path, [method], handler).WithMetadata(bodyLimit ?? new BodyLimit(LargeBodyBytes));
        if (access is not null) endpoint.Allows(access);
        return this;
    }

    /// <summary>Responds 404 to every other path and method.</summary>
    public void MapFallbacks() =>
        _group.Map("/{**path}", (RequestDelegate)(_ => throw new FlowServException(StatusCodes.Status404NotFound, "no such path")));
}
