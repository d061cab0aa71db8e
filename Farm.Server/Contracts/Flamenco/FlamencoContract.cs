using Farm.Server.Hosting.Security;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>The Flamenco Manager API, version 3 (contracts/flamenco.md).</summary>
internal static class FlamencoContract
{
    /// <summary>What all paths of the protocol begin with.</summary>
    public const string Root = "/api/v3";

    private const long LongBody = 64 * 1024 * 1024;

    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddFlamencoContract(this IServiceCollection services, FlamencoSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<WorkerCredentials>()
        .AddSingleton<WorkerEndpoints>()
        .AddSingleton<WorkerTaskEndpoints>()
        .AddSingleton<MetaEndpoints>()
        .AddSingleton<JobEndpoints>()
        .AddSingleton<TaskEndpoints>()
        .AddSingleton<WorkerManagementEndpoints>()
        .AddSingleton<JobFileEndpoints>();

    /// <summary>Maps every route of the protocol.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var worker = services.GetRequiredService<WorkerEndpoints>();
        var work = services.GetRequiredService<WorkerTaskEndpoints>();
        var meta = services.GetRequiredService<MetaEndpoints>();
        var jobs = services.GetRequiredService<JobEndpoints>();
        var tasks = services.GetRequiredService<TaskEndpoints>();
        var workers = services.GetRequiredService<WorkerManagementEndpoints>();
        var files = services.GetRequiredService<JobFileEndpoints>();

        var api = new FlamencoRoutes(app, Root);
        var authenticated = api.Behind(services.GetRequiredService<WorkerCredentials>().Around);
        api.Post("/worker/register-worker", worker.Register);
        authenticated.Post("/worker/sign-on", worker.SignOn);
        authenticated.Post("/worker/sign-off", worker.SignOff);
        authenticated.Get("/worker/state", worker.State);
        authenticated.Post("/worker/state-changed", worker.StateChanged);
        authenticated.Post("/worker/task", work.Schedule);
        authenticated.Post("/worker/task/{task_id}", work.Update).WithBodyLimit(LongBody);
        authenticated.Get("/worker/task/{task_id}/may-i-run", work.MayRun);
        // Its own limit comes after the check of the credentials.
        authenticated.Post("/worker/task/{task_id}/output-produced", work.OutputProduced).WithBodyLimit(null);

        api.Get("/version", meta.Version);
        api.Get("/status", meta.Status);
        api.Get("/jobs/types", meta.JobTypes);
        api.Get("/jobs/type/{name}", meta.JobType);

        api.Post("/jobs", jobs.Submit).WithBodyLimit(LongBody);
        api.Post("/jobs/check", jobs.Check).WithBodyLimit(LongBody);
        api.Get("/jobs", jobs.List);
        api.Get("/jobs/last-rendered", jobs.LastRenderedOfFarm);
        api.Get("/jobs/{id}", jobs.Fetch);
        api.Delete("/jobs/{id}", jobs.Delete);
        api.Get("/jobs/{id}/last-rendered", jobs.LastRendered);
        api.Post("/jobs/{id}/setstatus", jobs.SetStatus);
        api.Post("/jobs/{id}/setpriority", jobs.SetPriority);
        api.Get("/jobs/{id}/tasks", jobs.Tasks);

        api.Get("/tasks/{id}", tasks.Fetch);
        api.Get("/tasks/{id}/logtail", tasks.LogTail);
        api.Get("/tasks/{id}/log", tasks.LogInfo);
        api.Post("/tasks/{id}/setstatus", tasks.SetStatus);

        api.Get("/worker-mgt/workers", workers.List);
        api.Get("/worker-mgt/workers/{id}", workers.Fetch);
        api.Delete("/worker-mgt/workers/{id}", workers.Delete);
        api.Post("/worker-mgt/workers/{id}/setstatus", workers.RequestStatus);
        api.Get("/worker-mgt/tags", workers.Tags);
        api.RefuseTheRest();

        var jobFiles = new FlamencoRoutes(app, JobFileEndpoints.Root);
        jobFiles.Get("/{directory}/{job}/{file}", files.Fetch);
        jobFiles.Head("/{directory}/{job}/{file}", files.Fetch);
        jobFiles.RefuseTheRest();
    }
}
