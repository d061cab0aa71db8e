namespace Farm.Server.Contracts.TaskTracker;

/// <summary>The protocol of simon987/task_tracker (contracts/task_tracker.md).</summary>
internal static class TaskTrackerContract
{
    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddTaskTrackerContract(this IServiceCollection services, TrackerSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(settings.Projects)
        .AddSingleton<TrackerCallers>()
        .AddSingleton<IndexEndpoints>();

    /// <summary>Maps every route of the protocol.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var index = services.GetRequiredService<IndexEndpoints>();
        var routes = new TrackerRoutes(app, services.GetRequiredService<TrackerSettings>());

        // Others want this path too; see HtmlOnlyMatcherPolicy.
        routes.Map("GET", "/", index.Get);
    }
}
