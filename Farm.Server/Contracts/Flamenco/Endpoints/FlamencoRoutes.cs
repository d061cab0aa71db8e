using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>
/// Maps the routes of the protocol in a group that has what all of them share, and refuses everything else below its prefix in the protocol's form.
/// </summary>
internal sealed class FlamencoRoutes
{
    private readonly RouteGroupBuilder _group;
    private readonly Dictionary<string, SortedSet<string>> _methods;

    /// <summary>Routes below a prefix.</summary>
    public FlamencoRoutes(IEndpointRouteBuilder app, string prefix)
        : this(app.MapGroup(prefix).WithMetadata(new FlamencoErrors()).Around(FlamencoErrors.Around), [])
    {
    }

    private FlamencoRoutes(RouteGroupBuilder group, Dictionary<string, SortedSet<string>> methods)
    {
        _group = group;
        _methods = methods;
    }

    /// <summary>What was mapped so far, as <c>GET /jobs/{id}</c>.</summary>
    public IEnumerable<string> Mapped => _methods.SelectMany(route => route.Value.Select(method => $"{method} {route.Key}"));

    /// <summary>The same routes with something around those that are mapped through the result.</summary>
    public FlamencoRoutes Behind(Func<RequestDelegate, RequestDelegate> guard) => new(_group.MapGroup("").Around(guard), _methods);

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

    /// <summary>Answers 405 for other methods of the mapped paths, and 404 for all other paths.</summary>
    public void RefuseTheRest()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allowed = string.Join(", ", methods);
            _group.Map(pattern, (RequestDelegate)(context =>
            {
                context.Response.Headers.Allow = allowed;
                return context.WriteErrorAsync(new HttpError(StatusCodes.Status405MethodNotAllowed, $"this path only takes {allowed}"));
            }));
        }

        _group.Map("/{**path}", (RequestDelegate)(context =>
            context.WriteErrorAsync(new HttpError(StatusCodes.Status404NotFound, "there is nothing at this path"))));
    }

    private IEndpointConventionBuilder Map(string method, string pattern, RequestDelegate handler)
    {
        if (!_methods.TryGetValue(pattern, out var methods)) _methods.Add(pattern, methods = []);
        methods.Add(method);
        return _group.MapMethods(pattern, [method], handler);
    }
}
