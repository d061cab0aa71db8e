using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>
/// Maps the routes of the protocol below both of its base paths. Matches undecoded paths (<see cref="RawPath"/>), as ids may contain encoded slashes,
/// and uses the protocol's error format also for unknown paths and methods.
/// </summary>
internal sealed class AspireRoutes(IEndpointRouteBuilder app) : IRouteAccesses
{
    private static readonly string[] Bases = ["/aspire_api", "/aspire/_api"];

    private readonly List<Call> _calls = [];
    private readonly List<(string Path, long Limit)> _longBodies = [];
    private readonly List<string> _reads = [];

    /// <inheritdoc/>
    public IEnumerable<RouteRow> Rows => _calls.Where(call => !call.IsNotFound).Select(call => new RouteRow(call.Methods, call.Path, call.Access));

    /// <inheritdoc/>
    public RouteAccess? Of(HttpContext context) => Find(context).FirstOrDefault(found => found.Call.Methods.Contains(context.Request.Method)).Call?.Access;

    /// <summary>Maps a route.</summary>
    /// <param name="methods">HTTP methods, separated by spaces.</param>
    /// <param name="path">The path below the base path, without a leading slash.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="bodyLimit">The longest body in bytes; null for the farm's limit.</param>
    public AspireRoutes Map(string methods, string path, Permission access, RequestDelegate handler, long? bodyLimit = null)
    {
        _calls.Add(new Call(methods.Split(' '), path, RouteAccess.Needs(access), (context, _) => handler(context)));
        if (bodyLimit is { } limit) _longBodies.Add((path, limit));
        return this;
    }

    /// <summary>Maps a route with an id in its path.</summary>
    /// <param name="methods">HTTP methods, separated by spaces.</param>
    /// <param name="path">The path below the base path, with <c>:id</c> for the id.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="handler">The handler; gets the id.</param>
    public AspireRoutes Map(string methods, string path, Permission access, Func<HttpContext, string, Task> handler)
    {
        _calls.Add(new Call(methods.Split(' '), path, RouteAccess.Needs(access), (context, id) => id.Length > 0
            ? handler(context, id)
            : throw AspireException.Malformed("the path has no id")));
        return this;
    }

    /// <summary>Maps a GET with an id in its path that changes nothing, so that pages and people may follow a link to it.</summary>
    /// <param name="path">The path below the base path, with <c>:id</c> for the id.</param>
    /// <param name="handler">The handler; gets the id.</param>
    public AspireRoutes MapRead(string path, Func<HttpContext, string, Task> handler)
    {
        _reads.Add(path.Replace(":id", "{id}", StringComparison.Ordinal));
        return Map("GET", path, Permission.Look, handler);
    }

    /// <summary>Maps a route that takes ids in the path or in the body.</summary>
    /// <param name="methods">The methods with the id in the path; with ids in the body it is always PUT.</param>
    /// <param name="path">The path without the id.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="handler">The handler.</param>
    public AspireRoutes MapIds(string methods, string path, Permission access, Func<HttpContext, IdList, Task> handler)
    {
        Map(methods, $"{path}/:id", access, async (context, id) => await handler(context, await IdList.OfPathAsync(context, id)));
        Map("PUT", path, access, async context => await handler(context, await IdList.OfBodyAsync(context)));
        // GET without an id is 404, although the path exists for PUT (Contracts/Aspire/Contract.md section 2).
        if (methods.StartsWith("GET", StringComparison.Ordinal)) _calls.Add(new Call(["GET"], path, RouteAccess.Needs(access), (_, _) => throw AspireException.NoSuchPath(), IsNotFound: true));
        return this;
    }

    /// <summary>Adds the mapped routes to the application.</summary>
    public void Build()
    {
        foreach (var root in Bases)
        {
            var group = app.MapGroup(root).Needs(Permission.Look).WithMetadata(new AspireErrors(), this).Wrap(AspireErrors.Wrap);
            foreach (var (path, limit) in _longBodies) group.Map(path, DispatchAsync).WithBodyLimit(limit).WithMetadata(new StateChangingGet());
            foreach (var path in _reads) group.Map(path, DispatchAsync);
            group.Map("{**rest}", DispatchAsync).WithMetadata(new StateChangingGet());
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var allowed = new SortedSet<string>();
        foreach (var (call, id) in Find(context))
        {
            if (call.Methods.Contains(context.Request.Method)) return call.Handler(context, id);
            if (!call.IsNotFound) allowed.UnionWith(call.Methods);
        }

        if (allowed.Count == 0) throw AspireException.NoSuchPath();
        context.Response.Headers.Allow = string.Join(", ", allowed);
        throw new AspireException(StatusCodes.Status405MethodNotAllowed, $"method {context.Request.Method} not allowed; use {string.Join(" or ", allowed)}");
    }

    /// <summary>The routes that match the path of a request, and the id in it.</summary>
    private IEnumerable<(Call Call, string Id)> Find(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (RawPath.Below(target, BaseOf(context)) is not { } path) yield break;
        foreach (var call in _calls)
        {
            if (RawPath.Match(path, call.Path) is { } id) yield return (call, id);
        }
    }

    /// <summary>The base path of the endpoint, including the configured prefix.</summary>
    private static string BaseOf(HttpContext context)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var root = Bases.First(root => route.Contains(root + "/", StringComparison.Ordinal));
        return route[..(route.IndexOf(root + "/", StringComparison.Ordinal) + root.Length)];
    }

    /// <param name="Methods">HTTP methods.</param>
    /// <param name="Path">The path below the base path.</param>
    /// <param name="Access">Who may call it.</param>
    /// <param name="Handler">The handler; gets the id in the path.</param>
    /// <param name="IsNotFound">Whether it only responds 404, so that its methods are not offered in <c>Allow</c>.</param>
    private sealed record Call(string[] Methods, string Path, RouteAccess Access, Func<HttpContext, string, Task> Handler, bool IsNotFound = false);
}
