using Farm.Server.Contracts.Flamenco.Endpoints;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>The Flamenco Manager API, version 3 (Contracts/Flamenco/Contract.md).</summary>
internal sealed class FlamencoModule : IProtocolModule
{
    /// <summary>What all paths of the protocol begin with.</summary>
    public const string Root = "/api/v3";

    private const long LongBody = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "flamenco";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => AddShaman(services, context)
        .AddSingleton<WorkerProtocol, FlamencoWorkers>()
        .AddSingleton<WorkerEndpoints>()
        .AddSingleton<WorkerTaskEndpoints>()
        .AddSingleton<Administrators>()
        .AddSingleton<MetaEndpoints>()
        .AddSingleton<ConfigurationEndpoints>()
        .AddSingleton<AdministrationEndpoints>()
        .AddSingleton<JobEndpoints>()
        .AddSingleton<JobDeletionEndpoints>()
        .AddSingleton<JobBlocklistEndpoints>()
        .AddSingleton<TaskEndpoints>()
        .AddSingleton<WorkerManagementEndpoints>()
        .AddSingleton<SleepScheduleEndpoints>()
        .AddSingleton<TagEndpoints>()
        .AddSingleton<ShamanEndpoints>()
        .AddSingleton<JobFileEndpoints>();

    private static IServiceCollection AddShaman(IServiceCollection services, ModuleContext context) => services
        .AddSingleton(context.Shaman)
        .AddSingleton(new ShamanStorage(context.SharedStorage))
        .AddSingleton<ShamanTrouble>()
        .AddSingleton<ShamanFileStore>()
        .AddSingleton<ShamanUploads>()
        .AddSingleton<CheckoutTree>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ShamanCheckouts>(provider, Random.Shared))
        .AddSingleton<IJobFiles, ShamanJobFiles>()
        .AddSingleton<ShamanGarbage>()
        .AddHostedService<ShamanMaintenance>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var api = new FlamencoRoutes(routes, Root);
        MapWorker(api.Behind(services.GetRequiredService<WorkerCredentials>().Around), api, services);
        MapMeta(api, services);
        MapAdministration(api.Behind(services.GetRequiredService<Administrators>().Around), services);
        MapJobs(api, services);
        MapTasks(api, services.GetRequiredService<TaskEndpoints>());
        MapWorkerManagement(api, services);
        MapShaman(api, services.GetRequiredService<ShamanEndpoints>());
        api.Get("/openapi3.json", services.GetRequiredService<MetaEndpoints>().OpenApi(api));
        api.RefuseTheRest();
        MapJobFiles(new FlamencoRoutes(routes, JobFileEndpoints.Root), services.GetRequiredService<JobFileEndpoints>());
    }

    private static void MapWorker(FlamencoRoutes authenticated, FlamencoRoutes api, IServiceProvider services)
    {
        var worker = services.GetRequiredService<WorkerEndpoints>();
        var work = services.GetRequiredService<WorkerTaskEndpoints>();
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
    }

    private static void MapMeta(FlamencoRoutes api, IServiceProvider services)
    {
        var meta = services.GetRequiredService<MetaEndpoints>();
        var configuration = services.GetRequiredService<ConfigurationEndpoints>();
        api.Get("/version", meta.Version);
        api.Get("/status", meta.Status);
        api.Get("/configuration", configuration.Configuration);
        api.Get("/configuration/variables/{audience}/{platform}", configuration.Variables);
        api.Get("/configuration/shared-storage/{audience}/{platform}", configuration.SharedStorage);
        api.Post("/configuration/check/shared-storage", configuration.CheckSharedStorage);
    }

    private static void MapAdministration(FlamencoRoutes guarded, IServiceProvider services)
    {
        var administration = services.GetRequiredService<AdministrationEndpoints>();
        guarded.Get("/configuration/check/blender", administration.FindBlender);
        guarded.Post("/configuration/check/blender", administration.CheckBlender);
        guarded.Post("/configuration/setup-assistant", administration.SaveSetup);
        guarded.Get("/configuration/file", administration.File);
        guarded.Put("/configuration/file", administration.Replace);
    }

    private static void MapJobs(FlamencoRoutes api, IServiceProvider services)
    {
        var meta = services.GetRequiredService<MetaEndpoints>();
        var jobs = services.GetRequiredService<JobEndpoints>();
        var deletion = services.GetRequiredService<JobDeletionEndpoints>();
        var blocklist = services.GetRequiredService<JobBlocklistEndpoints>();
        api.Get("/jobs/types", meta.JobTypes);
        api.Get("/jobs/type/{name}", meta.JobType);
        api.Post("/jobs", jobs.Submit).WithBodyLimit(LongBody);
        api.Post("/jobs/check", jobs.Check).WithBodyLimit(LongBody);
        api.Get("/jobs", jobs.List);
        api.Get("/jobs/last-rendered", jobs.LastRenderedOfFarm);
        api.Delete("/jobs/mass-delete", deletion.DeleteMass);
        api.Get("/jobs/{id}", jobs.Fetch);
        api.Delete("/jobs/{id}", deletion.Delete);
        api.Get("/jobs/{id}/what-would-delete-do", deletion.WhatWouldItDo);
        api.Get("/jobs/{id}/last-rendered", jobs.LastRendered);
        api.Post("/jobs/{id}/setstatus", jobs.SetStatus);
        api.Post("/jobs/{id}/setpriority", jobs.SetPriority);
        api.Post("/jobs/{id}/settag", jobs.SetTag);
        api.Get("/jobs/{id}/tasks", jobs.Tasks);
        api.Get("/jobs/{id}/blocklist", blocklist.Fetch);
        api.Delete("/jobs/{id}/blocklist", blocklist.Remove);
    }

    private static void MapTasks(FlamencoRoutes api, TaskEndpoints tasks)
    {
        api.Get("/tasks/{id}", tasks.Fetch);
        api.Get("/tasks/{id}/logtail", tasks.LogTail);
        api.Get("/tasks/{id}/log", tasks.LogInfo);
        api.Post("/tasks/{id}/setstatus", tasks.SetStatus);
    }

    private static void MapWorkerManagement(FlamencoRoutes api, IServiceProvider services)
    {
        var workers = services.GetRequiredService<WorkerManagementEndpoints>();
        var schedules = services.GetRequiredService<SleepScheduleEndpoints>();
        var tags = services.GetRequiredService<TagEndpoints>();
        api.Get("/worker-mgt/workers", workers.List);
        api.Get("/worker-mgt/workers/{id}", workers.Fetch);
        api.Delete("/worker-mgt/workers/{id}", workers.Delete);
        api.Post("/worker-mgt/workers/{id}/setstatus", workers.RequestStatus);
        api.Post("/worker-mgt/workers/{id}/settags", tags.SetOfWorker);
        api.Get("/worker-mgt/workers/{id}/sleep-schedule", schedules.Fetch);
        api.Post("/worker-mgt/workers/{id}/sleep-schedule", schedules.Set);
        api.Get("/worker-mgt/tags", tags.List);
        api.Post("/worker-mgt/tags", tags.Create);
        api.Get("/worker-mgt/tag/{id}", tags.Fetch);
        api.Put("/worker-mgt/tag/{id}", tags.Update);
        api.Delete("/worker-mgt/tag/{id}", tags.Delete);
    }

    private static void MapShaman(FlamencoRoutes api, ShamanEndpoints shaman)
    {
        var deduplicating = api.Behind(shaman.WhereEnabled);
        deduplicating.Post("/shaman/checkout/requirements", shaman.Requirements).WithBodyLimit(LongBody);
        deduplicating.Post("/shaman/checkout/create", shaman.Checkout).WithBodyLimit(LongBody);
        deduplicating.Get("/shaman/files/{sha}/{size}", shaman.Check);
        // Files are as long as they are; they go to disk while they come.
        deduplicating.Post("/shaman/files/{sha}/{size}", shaman.Store).WithBodyLimit(null);
    }

    private static void MapJobFiles(FlamencoRoutes jobFiles, JobFileEndpoints files)
    {
        jobFiles.Get("/{directory}/{job}/{file}", files.Fetch);
        jobFiles.Head("/{directory}/{job}/{file}", files.Fetch);
        jobFiles.RefuseTheRest();
    }
}
