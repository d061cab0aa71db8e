using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Maps the routes of the protocol, with its error format also for unknown paths and methods.</summary>
internal sealed class FlamencoRoutes
{
    private readonly RouteGroupBuilder _group;
    private readonly Dictionary<string, SortedSet<string>> _methods;

    /// <summary>Creates a group of routes below a prefix.</summary>
    public FlamencoRoutes(IEndpointRouteBuilder app, string prefix)
        : this(app.MapGroup(prefix).Needs(Permission.Look).WithMetadata(new FlamencoErrors()).Wrap(FlamencoErrors.Wrap), [])
    {
    }

    private FlamencoRoutes(RouteGroupBuilder group, Dictionary<string, SortedSet<string>> methods)
    {
        _group = group;
        _methods = methods;
    }

    /// <summary>The routes mapped so far, such as <c>GET /jobs/{id}</c>.</summary>
    public IEnumerable<string> Mapped => _methods.SelectMany(route => route.Value.Select(method => $"{method} {route.Key}"));

    /// <summary>A view of this group whose routes are wrapped in a guard, such as authentication.</summary>
    public FlamencoRoutes WithGuard(Func<RequestDelegate, RequestDelegate> guard) => new(_group.MapGroup("").Wrap(guard), _methods);

    /// <summary>A view of this group for other callers than those of the group.</summary>
    public FlamencoRoutes For(RouteAccess access) => new(_group.MapGroup("").Allows(access), _methods);

    /// <summary>Maps GET.</summary>
    public IEndpointConventionBuilder Get(string pattern, RequestDelegate handler) => Map(HttpMethods.Get, pattern, handler);

    /// <summary>Maps HEAD.</summary>
    public IEndpointConventionBuilder Head(string pattern, RequestDelegate handler) => Map(HttpMethods.Head, pattern, handler);

    /// <summary>Maps POST.</summary>
    public IEndpointConventionBuilder Post(string pattern, RequestDelegate handler) => Map(HttpMethods.Post, pattern, handler);

    /// <summary>Maps PUT.</summary>
    public IEndpointConventionBuilder Put(string pattern, RequestDelegate handler) => Map(HttpMethods.Put, pattern, handler);

    /// <summary>Maps DELETE.</summary>
    public IEndpointConventionBuilder Delete(string pattern, RequestDelegate handler) => Map(HttpMethods.Delete, pattern, handler);

    /// <summary>Responds 405 to other methods of the mapped paths and 404 to all other paths.</summary>
    public void MapFallbacks()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allowed = string.Join(", ", methods);
            _group.Map(pattern, (RequestDelegate)(context =>
            {
                context.Response.Headers.Allow = allowed;
                return context.WriteErrorAsync(new HttpError(StatusCodes.Status405MethodNotAllowed, $"method {context.Request.Method} not allowed; use {allowed}"));
            }));
        }

        _group.Map("/{**path}", (RequestDelegate)(context =>
            context.WriteErrorAsync(new HttpError(StatusCodes.Status404NotFound, "no such path"))));
    }

    private IEndpointConventionBuilder Map(string method, string pattern, RequestDelegate handler)
    {
        if (!_methods.TryGetValue(pattern, out var methods)) _methods.Add(pattern, methods = []);
        methods.Add(method);
        return _group.MapMethods(pattern, [method], handler);
    }
}
