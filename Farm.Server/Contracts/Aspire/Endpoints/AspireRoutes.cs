using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Http.Features;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>
/// Maps the calls of the protocol below both of its base paths. It compares paths as they were sent (<see cref="RawPath"/>), so that ids arrive as
/// they are, and refuses everything else in the protocol's form.
/// </summary>
internal sealed class AspireRoutes(IEndpointRouteBuilder app)
{
    private static readonly string[] Bases = ["/aspire_api", "/aspire/_api"];

    private readonly List<Call> _calls = [];
    private readonly List<(string Path, long Limit)> _longBodies = [];

    /// <summary>Maps a call.</summary>
    /// <param name="methods">HTTP methods, with blanks between them.</param>
    /// <param name="path">Below the base path, without a slash in front.</param>
    /// <param name="handler">Answers it.</param>
    /// <param name="bodyLimit">The longest body in bytes; null for the farm's usual limit.</param>
    public AspireRoutes Map(string methods, string path, RequestDelegate handler, long? bodyLimit = null)
    {
        _calls.Add(new Call(methods.Split(' '), path, (context, _) => handler(context)));
        if (bodyLimit is { } limit) _longBodies.Add((path, limit));
        return this;
    }

    /// <summary>Maps a call about what an id in the path names.</summary>
    /// <param name="methods">HTTP methods, with blanks between them.</param>
    /// <param name="path">Below the base path; <c>:id</c> stands for the id.</param>
    /// <param name="handler">Answers it; gets the id.</param>
    public AspireRoutes Map(string methods, string path, Func<HttpContext, string, Task> handler)
    {
        _calls.Add(new Call(methods.Split(' '), path, (context, id) => id.Length > 0
            ? handler(context, id)
            : throw AspireException.Malformed("the path names no id")));
        return this;
    }

    /// <summary>Maps the three forms in which ids are named: in the path, and in a body.</summary>
    /// <param name="methods">The methods of the form with the id in the path; the other is always PUT.</param>
    /// <param name="path">Without the id.</param>
    /// <param name="handler">Answers all of them.</param>
    public AspireRoutes MapIds(string methods, string path, Func<HttpContext, IdList, Task> handler)
    {
        Map(methods, $"{path}/:id", async (context, id) => await handler(context, await IdList.OfPathAsync(context, id)));
        Map("PUT", path, async context => await handler(context, await IdList.OfBodyAsync(context)));
        // Without an id there is no such call, although there is the path (Contracts/Aspire/Contract.md section 2).
        if (methods.StartsWith("GET", StringComparison.Ordinal)) _calls.Add(new Call(["GET"], path, (_, _) => throw AspireException.NoSuchCall(), IsNone: true));
        return this;
    }

    /// <summary>Puts what was mapped into the application.</summary>
    public void Build()
    {
        foreach (var root in Bases)
        {
            var group = app.MapGroup(root).WithMetadata(new AspireErrors(), new StateChangingGet()).Around(AspireErrors.Around);
            foreach (var (path, limit) in _longBodies) group.Map(path, DispatchAsync).WithBodyLimit(limit);
            group.Map("{**rest}", DispatchAsync);
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = RawPath.Below(target, BaseOf(context)) ?? throw AspireException.NoSuchCall();
        var allowed = new SortedSet<string>();
        foreach (var call in _calls)
        {
            if (RawPath.Match(path, call.Path) is not { } id) continue;
            if (call.Methods.Contains(context.Request.Method)) return call.Handler(context, id);
            if (!call.IsNone) allowed.UnionWith(call.Methods);
        }

        if (allowed.Count == 0) throw AspireException.NoSuchCall();
        context.Response.Headers.Allow = string.Join(", ", allowed);
        throw new AspireException(StatusCodes.Status405MethodNotAllowed, $"{context.Request.Method} is no method of this call; there is {string.Join(", ", allowed)}");
    }

    /// <summary>The base path of the endpoint, behind whatever prefix the settings put it.</summary>
    private static string BaseOf(HttpContext context)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var root = Bases.First(root => route.Contains(root + "/", StringComparison.Ordinal));
        return route[..(route.IndexOf(root + "/", StringComparison.Ordinal) + root.Length)];
    }

    /// <param name="Methods">HTTP methods.</param>
    /// <param name="Path">Below the base path.</param>
    /// <param name="Handler">Answers it; gets the id in the path.</param>
    /// <param name="IsNone">It only says that there is no such call.</param>
    private sealed record Call(string[] Methods, string Path, Func<HttpContext, string, Task> Handler, bool IsNone = false);
}
