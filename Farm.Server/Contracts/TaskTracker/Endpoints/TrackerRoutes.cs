using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Maps the routes of the protocol, also below the optional prefix, with its error format, case-sensitive paths and CORS
/// (Contracts/TaskTracker/Contract.md section 1).
/// </summary>
internal sealed class TrackerRoutes
{
    private readonly RouteGroupBuilder[] _groups;
    private readonly string _cookie;
    private readonly HashSet<string> _paths = [];

    /// <summary>Creates groups of routes at their own paths and below the prefix.</summary>
    public TrackerRoutes(IEndpointRouteBuilder app, TrackerSettings settings)
    {
        _cookie = settings.Cookie;
        _groups = [.. new[] { "", settings.ApiPrefix }.Distinct().Select(prefix => app.MapGroup(prefix))];
        foreach (var group in _groups) group.WithMetadata(new TrackerErrors());
    }

    /// <summary>Maps one method of a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path; parameters must be whole segments.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="allowCrossSite">Whether pages of other sites may call it without a session.</param>
    public TrackerRoutes Map(string method, string path, RequestDelegate handler, bool allowCrossSite = true)
    {
        foreach (var group in _groups)
        {
            var endpoint = group.MapMethods(path, [method], Wrap(path, handler));
            if (allowCrossSite) endpoint.WithMetadata(new AllowCrossSite(_cookie));
            if (path == "/") endpoint.WithMetadata(new PrefersJson());
        }

        if (path == "/" || !_paths.Add(path)) return this;
        foreach (var group in _groups)
        {
            group.MapMethods(path, ["OPTIONS"], PreflightAsync).WithMetadata(new AllowCrossSite(_cookie));
            group.Map(path, TrackerResponses.RespondNotFoundAsync).WithMetadata(new AllowCrossSite(_cookie));
        }

        return this;
    }

    /// <summary>Responds 404 to everything else below a path.</summary>
    public TrackerRoutes MapFallbacks(string path)
    {
        foreach (var group in _groups)
            group.Map($"{path}/{{**rest}}", TrackerResponses.RespondNotFoundAsync).WithMetadata(new AllowCrossSite(_cookie));
        return this;
    }

    private RequestDelegate Wrap(string path, RequestDelegate handler)
    {
        var segments = path.Split('/');
        var wrapped = TrackerErrors.Wrap(handler);
        return context =>
        {
            if (path != "/" && !MatchesCase(context.Request.Path.Value!, segments)) return context.RespondNotFoundAsync();
            if (!context.Request.Cookies.ContainsKey(_cookie)) context.Response.Headers.AccessControlAllowOrigin = "*";
            return wrapped(context);
        };
    }

    /// <summary>Whether a path ends with these segments, case-sensitive; ASP.NET routing ignores case.</summary>
    private static bool MatchesCase(string path, string[] segments)
    {
        var actual = path.Split('/')[^(segments.Length - 1)..];
        return segments.Skip(1).Zip(actual).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static Task PreflightAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders = "Content-Type, X-Worker-ID, X-Secret";
        return Task.CompletedTask;
    }
}
