using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Maps the routes of the protocol, each below the optional prefix too, wrapped in what all of them share: refusals, letters whose case counts,
/// and what browsers ask of other sites (Contracts/TaskTracker/Contract.md section 1).
/// </summary>
internal sealed class TrackerRoutes
{
    private readonly RouteGroupBuilder[] _groups;
    private readonly string _cookie;
    private readonly HashSet<string> _paths = [];

    /// <summary>Routes at their own paths and below the prefix.</summary>
    public TrackerRoutes(IEndpointRouteBuilder app, TrackerSettings settings)
    {
        _cookie = settings.Cookie;
        _groups = [.. new[] { "", settings.ApiPrefix }.Distinct().Select(prefix => app.MapGroup(prefix))];
        foreach (var group in _groups) group.WithMetadata(new TrackerErrors());
    }

    /// <summary>Maps one method of a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path; what is in braces is a segment of its own.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="allowCrossSite">Whether pages of other sites may call it, as long as they bring no session.</param>
    public TrackerRoutes Map(string method, string path, RequestDelegate handler, bool allowCrossSite = true)
    {
        foreach (var group in _groups)
        {
            var endpoint = group.MapMethods(path, [method], Around(path, handler));
            if (allowCrossSite) endpoint.WithMetadata(new AllowCrossSite(_cookie));
            if (path == "/") endpoint.WithMetadata(new PrefersJson());
        }

        if (path == "/" || !_paths.Add(path)) return this;
        foreach (var group in _groups)
        {
            group.MapMethods(path, ["OPTIONS"], PreflightAsync).WithMetadata(new AllowCrossSite(_cookie));
            group.Map(path, TrackerAnswers.AnswerNoRouteAsync).WithMetadata(new AllowCrossSite(_cookie));
        }

        return this;
    }

    /// <summary>Answers 404 to everything else below a path.</summary>
    public TrackerRoutes RefuseTheRest(string path)
    {
        foreach (var group in _groups)
            group.Map($"{path}/{{**rest}}", TrackerAnswers.AnswerNoRouteAsync).WithMetadata(new AllowCrossSite(_cookie));
        return this;
    }

    private RequestDelegate Around(string path, RequestDelegate handler)
    {
        var segments = path.Split('/');
        var guarded = TrackerErrors.Around(handler);
        return context =>
        {
            if (path != "/" && !HasCase(context.Request.Path.Value!, segments)) return context.AnswerNoRouteAsync();
            if (!context.Request.Cookies.ContainsKey(_cookie)) context.Response.Headers.AccessControlAllowOrigin = "*";
            return guarded(context);
        };
    }

    /// <summary>Whether a path ends with these segments to the letter: routing itself is not so strict.</summary>
    private static bool HasCase(string path, string[] segments)
    {
        var asked = path.Split('/')[^(segments.Length - 1)..];
        return segments.Skip(1).Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
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
