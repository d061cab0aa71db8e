using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Maps the routes of the protocol, also below the optional prefix, with its error format, case-sensitive paths and CORS
/// (Contracts/TaskTracker/Contract.md section 1).
/// </summary>
internal sealed class TrackerRoutes
{
    private readonly RouteGroupBuilder[] _groups;
    private readonly AllowCrossSite _others;
    private readonly HashSet<string> _paths = [];

    /// <summary>Creates groups of routes at their own paths and below the prefix.</summary>
    public TrackerRoutes(IEndpointRouteBuilder app, TrackerSettings settings)
    {
        _others = new AllowCrossSite(settings.Origins, settings.Cookie);
        _groups = [.. new[] { "", settings.ApiPrefix }.Distinct().Select(prefix => app.MapGroup(prefix))];
        foreach (var group in _groups) group.Needs(Permission.Look).WithMetadata(new TrackerErrors());
    }

    /// <summary>Maps one method of a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path; parameters must be whole segments.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="access">Who may call it; null for whoever may look, and as the handler says.</param>
    /// <param name="changes">What a GET that changes something is marked with; null for any other.</param>
    public TrackerRoutes Map(string method, string path, RequestDelegate handler, RouteAccess? access = null, StateChangingGet? changes = null)
    {
        foreach (var group in _groups)
        {
            var endpoint = Open(group.MapMethods(path, [method], Wrap(path, handler)));
            if (access is not null) endpoint.Allows(access);
            if (changes is not null) endpoint.WithMetadata(changes);
            if (path == "/") endpoint.WithMetadata(new PrefersJson());
        }

        if (path == "/" || !_paths.Add(path)) return this;
        foreach (var group in _groups)
        {
            Open(group.MapMethods(path, ["OPTIONS"], _ => Task.CompletedTask)).Allows(RouteAccess.Anyone);
            Open(group.Map(path, TrackerResponses.RespondNotFoundAsync));
        }

        return this;
    }

    /// <summary>Responds 404 to everything else below a path.</summary>
    public TrackerRoutes MapFallbacks(string path)
    {
        foreach (var group in _groups) Open(group.Map($"{path}/{{**rest}}", TrackerResponses.RespondNotFoundAsync));
        return this;
    }

    /// <summary>Lets pages of the configured origins call an endpoint, without a session.</summary>
    private IEndpointConventionBuilder Open(IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(_others).RequireCors(TaskTrackerModule.ProtocolName);

    private RequestDelegate Wrap(string path, RequestDelegate handler)
    {
        var segments = path.Split('/');
        var wrapped = TrackerErrors.Wrap(handler);
        return context =>
        {
            if (path != "/" && !MatchesCase(context.Request.Path.Value!, segments)) return context.RespondNotFoundAsync();
            return wrapped(context);
        };
    }

    /// <summary>Whether a path ends with these segments, case-sensitive; ASP.NET routing ignores case.</summary>
    private static bool MatchesCase(string path, string[] segments)
    {
        var actual = path.Split('/')[^(segments.Length - 1)..];
        return segments.Skip(1).Zip(actual).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
