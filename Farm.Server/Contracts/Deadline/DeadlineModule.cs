using Farm.Server.Contracts.Deadline.Endpoints;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Deadline's web service: tasks, jobs and workers (Contracts/Deadline/Contract.md).</summary>
internal sealed class DeadlineModule : IProtocolModule
{
    private const long LargeBodyBytes = 64 * 1024 * 1024;

    private static readonly string[] NotImplemented =
    [
        "limitgroups", "taskreports", "jobreports", "repository", "slavesrenderingjob", "balancer", "pulse", "users", "userinfo", "mappedpaths",
        "maximumpriority", "settings",
    ];

    private static readonly string Greeting = "Deadline Web Service " + typeof(DeadlineModule).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public string Name => "deadline";

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<DeadlineSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton(services => new BasicAuthentication(context.Settings<DeadlineSettings>().Login, services.GetRequiredService<RefusedRequests>()))
        .AddSingleton<TaskEndpoints>()
        .AddSingleton<JobEndpoints>()
        .AddSingleton<WorkerEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var tasks = services.GetRequiredService<TaskEndpoints>();
        var jobs = services.GetRequiredService<JobEndpoints>();
        var workers = services.GetRequiredService<WorkerEndpoints>();
        var own = RouteAccess.Needs(Permission.ControlOwnJobs);
        new DeadlineRoutes(routes, services.GetRequiredService<BasicAuthentication>())
            .Map("GET", "/api/tasks", tasks.GetAsync)
            .Map("PUT", "/api/tasks", tasks.PutAsync, own, LargeBodyBytes)
            .MapFallbacks("tasks")
            .Map("GET", "/api/jobs", jobs.GetAsync)
            .Map("PUT", "/api/jobs", jobs.PutAsync, own)
            .Map("POST", "/api/jobs", jobs.SubmitAsync, RouteAccess.Needs(Permission.SubmitJobs))
            .Map("DELETE", "/api/jobs", jobs.DeleteAsync, own)
            .MapFallbacks("jobs")
            .Map("GET", "/api/pools", workers.PoolsAsync)
            .MapFallbacks("pools")
            .Map("GET", "/api/groups", workers.GroupsAsync)
            .MapFallbacks("groups")
            .Map("GET", "/api/slaves", workers.SlavesAsync)
            .MapFallbacks("slaves")
            .NotImplemented(NotImplemented)
            // Browsers get the dashboard here; see HtmlOnlyMatcherPolicy.
            .Map("GET", "/", context => context.RespondTextAsync(Greeting), RouteAccess.Anyone);
    }
}
