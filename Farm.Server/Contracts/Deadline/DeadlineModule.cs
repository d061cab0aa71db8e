using Farm.Server.Contracts.Deadline.Endpoints;
using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Deadline's web service: tasks, and what scripts need around them (Contracts/Deadline/Contract.md).</summary>
internal static class DeadlineModule
{
    private const long LongBody = 64 * 1024 * 1024;

    private static readonly string[] NotBuilt =
    [
        "limitgroups", "taskreports", "jobreports", "repository", "slavesrenderingjob", "balancer", "pulse", "users", "userinfo", "mappedpaths",
        "maximumpriority", "settings",
    ];

    private static readonly string Greeting = "Deadline Web Service " + typeof(DeadlineModule).Assembly.GetName().Version!.ToString(3);

    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddDeadlineContract(this IServiceCollection services, BasicLogin? login) => services
        .AddSingleton(new BasicAuthentication(login))
        .AddSingleton<TaskEndpoints>()
        .AddSingleton<JobEndpoints>()
        .AddSingleton<WorkerEndpoints>();

    /// <summary>Maps every route of the protocol.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var tasks = services.GetRequiredService<TaskEndpoints>();
        var jobs = services.GetRequiredService<JobEndpoints>();
        var workers = services.GetRequiredService<WorkerEndpoints>();
        var routes = new DeadlineRoutes(app, services.GetRequiredService<BasicAuthentication>());

        routes.Map("GET", "/api/tasks", tasks.Get).Map("PUT", "/api/tasks", tasks.Put, LongBody).RefuseTheRest("tasks");
        routes.Map("GET", "/api/jobs", jobs.Get).Map("PUT", "/api/jobs", jobs.Put).Map("POST", "/api/jobs", jobs.Submit)
            .Map("DELETE", "/api/jobs", jobs.Delete).RefuseTheRest("jobs");
        routes.Map("GET", "/api/pools", workers.Pools).RefuseTheRest("pools");
        routes.Map("GET", "/api/groups", workers.Groups).RefuseTheRest("groups");
        routes.Map("GET", "/api/slaves", workers.Slaves).RefuseTheRest("slaves");
        foreach (var name in NotBuilt) routes.NotBuilt(name);
        // Browsers get the dashboard here; see HtmlOnlyMatcherPolicy.
        routes.Map("GET", "/", context => context.AnswerText(Greeting));
    }
}
