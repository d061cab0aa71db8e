using Farm.Server.Contracts.Flamenco.Endpoints;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>The Flamenco Manager API, version 3 (Contracts/Flamenco/Contract.md).</summary>
internal sealed class FlamencoModule : IProtocolModule
{
    /// <summary>The path prefix of the protocol's routes.</summary>
    public const string Root = "/api/v3";

    private const long LargeBodyBytes = 64 * 1024 * 1024;

    /// <summary>Somewhat more than the settings of a job may ever have (setting <c>jobs.max_task_bytes</c>).</summary>
    private const long JobBodyBytes = 20 * 1024 * 1024;

    /// <summary>Operations that decide what runs on machines, or that show the configuration (Contracts/Flamenco/Contract.md sections 6.1 and 12.5).</summary>
    private static readonly RouteAccess Administration = RouteAccess.Needs(Permission.ManageSettings) with
    {
        Hint = "administrators only: send the content of administrator.token, in the data directory, as \"Authorization: Bearer …\"",
    };

    /// <inheritdoc/>
    public string Name => "flamenco";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => AddShaman(services, context)
        .AddSingleton<WorkerProtocol, FlamencoWorkers>()
        .AddSingleton<WorkerEndpoints>()
        .AddSingleton<WorkerTaskEndpoints>()
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
        .AddSingleton(provider => new ShamanStorage(context.SharedStorage) { IsShared = provider.GetRequiredService<FarmStore>().IsShared })
        .AddSingleton<ShamanStorageGuard>()
        .AddSingleton<ShamanFileStore>()
        .AddSingleton<ShamanUploads>()
        .AddSingleton<CheckoutTree>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ShamanCheckouts>(provider, Random.Shared))
        .AddSingleton<IJobFiles, ShamanJobFiles>()
        .AddSingleton<ShamanGarbageCollector>()
        .AddHostedService<ShamanMaintenance>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var api = new FlamencoRoutes(routes, Root);
        MapWorker(api.WithGuard(services.GetRequiredService<WorkerCredentials>().Wrap).For(RouteAccess.Worker), api, services);
        MapMeta(api, services);
        MapAdministration(api.For(Administration), services);
        MapJobs(api, services);
        MapTasks(api, services.GetRequiredService<TaskEndpoints>());
        MapWorkerManagement(api, services);
        MapShaman(api, services.GetRequiredService<ShamanEndpoints>());
        api.Get("/openapi3.json", services.GetRequiredService<MetaEndpoints>().OpenApi(api));
        api.MapFallbacks();
        MapJobFiles(new FlamencoRoutes(routes, JobFileEndpoints.Root), services.GetRequiredService<JobFileEndpoints>());
    }

    private static void MapWorker(FlamencoRoutes authenticated, FlamencoRoutes api, IServiceProvider services)
    {
        var worker = services.GetRequiredService<WorkerEndpoints>();
        var work = services.GetRequiredService<WorkerTaskEndpoints>();
        api.Post("/worker/register-worker", worker.RegisterAsync).Allows(RouteAccess.Anyone);
        authenticated.Post("/worker/sign-on", worker.SignOnAsync);
        authenticated.Post("/worker/sign-off", worker.SignOffAsync);
        authenticated.Get("/worker/state", worker.StateAsync);
        authenticated.Post("/worker/state-changed", worker.StateChangedAsync);
        authenticated.Post("/worker/task", work.ScheduleAsync);
        authenticated.Post("/worker/task/{task_id}", work.UpdateAsync).WithBodyLimit(LargeBodyBytes);
        authenticated.Get("/worker/task/{task_id}/may-i-run", work.MayRunAsync);
        // The endpoint checks the size itself, after the credentials.
        authenticated.Post("/worker/task/{task_id}/output-produced", work.OutputProducedAsync).WithBodyLimit(null);
    }

    private static void MapMeta(FlamencoRoutes api, IServiceProvider services)
    {
        var meta = services.GetRequiredService<MetaEndpoints>();
        var configuration = services.GetRequiredService<ConfigurationEndpoints>();
        api.Get("/version", meta.VersionAsync).Allows(RouteAccess.Anyone);
        api.Get("/status", meta.StatusAsync);
        api.Get("/configuration", configuration.ConfigurationAsync);
        api.Get("/configuration/variables/{audience}/{platform}", configuration.VariablesAsync);
        api.Get("/configuration/shared-storage/{audience}/{platform}", configuration.SharedStorageAsync);
        api.Post("/configuration/check/shared-storage", configuration.CheckSharedStorageAsync);
    }

    private static void MapAdministration(FlamencoRoutes guarded, IServiceProvider services)
    {
        var administration = services.GetRequiredService<AdministrationEndpoints>();
        guarded.Get("/configuration/check/blender", administration.FindBlenderAsync);
        guarded.Post("/configuration/check/blender", administration.CheckBlenderAsync);
        guarded.Post("/configuration/setup-assistant", administration.SaveSetupAsync);
        guarded.Get("/configuration/file", administration.FileAsync);
        guarded.Put("/configuration/file", administration.ReplaceAsync);
    }

    private static void MapJobs(FlamencoRoutes api, IServiceProvider services)
    {
        var meta = services.GetRequiredService<MetaEndpoints>();
        var jobs = services.GetRequiredService<JobEndpoints>();
        var deletion = services.GetRequiredService<JobDeletionEndpoints>();
        var blocklist = services.GetRequiredService<JobBlocklistEndpoints>();
        api.Get("/jobs/types", meta.JobTypesAsync);
        api.Get("/jobs/type/{name}", meta.JobTypeAsync);
        api.Post("/jobs", jobs.SubmitAsync).WithBodyLimit(JobBodyBytes).Needs(Permission.SubmitJobs);
        api.Post("/jobs/check", jobs.CheckAsync).WithBodyLimit(JobBodyBytes).Needs(Permission.SubmitJobs);
        api.Get("/jobs", jobs.ListAsync);
        api.Get("/jobs/last-rendered", jobs.LastRenderedOfFarmAsync);
        api.Delete("/jobs/mass-delete", deletion.DeleteMassAsync).Needs(Permission.ControlJobs);
        api.Get("/jobs/{id}", jobs.FetchAsync);
        api.Delete("/jobs/{id}", deletion.DeleteAsync).Needs(Permission.ControlOwnJobs);
        api.Get("/jobs/{id}/what-would-delete-do", deletion.WhatWouldItDoAsync);
        api.Get("/jobs/{id}/last-rendered", jobs.LastRenderedAsync);
        api.Post("/jobs/{id}/setstatus", jobs.SetStatusAsync).Needs(Permission.ControlOwnJobs);
        api.Post("/jobs/{id}/setpriority", jobs.SetPriorityAsync).Needs(Permission.ControlOwnJobs);
        api.Post("/jobs/{id}/settag", jobs.SetTagAsync).Needs(Permission.ControlOwnJobs);
        api.Get("/jobs/{id}/tasks", jobs.TasksAsync);
        api.Get("/jobs/{id}/blocklist", blocklist.FetchAsync);
        api.Delete("/jobs/{id}/blocklist", blocklist.RemoveAsync).Needs(Permission.ControlOwnJobs);
    }

    private static void MapTasks(FlamencoRoutes api, TaskEndpoints tasks)
    {
        api.Get("/tasks/{id}", tasks.FetchAsync);
        api.Get("/tasks/{id}/logtail", tasks.LogTailAsync);
        api.Get("/tasks/{id}/log", tasks.LogInfoAsync);
        api.Post("/tasks/{id}/setstatus", tasks.SetStatusAsync).Needs(Permission.ControlOwnJobs);
    }

    private static void MapWorkerManagement(FlamencoRoutes api, IServiceProvider services)
    {
        var workers = services.GetRequiredService<WorkerManagementEndpoints>();
        var schedules = services.GetRequiredService<SleepScheduleEndpoints>();
        var tags = services.GetRequiredService<TagEndpoints>();
        api.Get("/worker-mgt/workers", workers.ListAsync);
        api.Get("/worker-mgt/workers/{id}", workers.FetchAsync);
        api.Delete("/worker-mgt/workers/{id}", workers.DeleteAsync).Needs(Permission.ControlWorkers);
        api.Post("/worker-mgt/workers/{id}/setstatus", workers.RequestStatusAsync).Needs(Permission.ControlWorkers);
        api.Post("/worker-mgt/workers/{id}/settags", tags.SetOfWorkerAsync).Needs(Permission.ControlWorkers);
        api.Get("/worker-mgt/workers/{id}/sleep-schedule", schedules.FetchAsync);
        api.Post("/worker-mgt/workers/{id}/sleep-schedule", schedules.SetAsync).Needs(Permission.ControlWorkers);
        api.Get("/worker-mgt/tags", tags.ListAsync);
        api.Post("/worker-mgt/tags", tags.CreateAsync).Needs(Permission.ControlWorkers);
        api.Get("/worker-mgt/tag/{id}", tags.FetchAsync);
        api.Put("/worker-mgt/tag/{id}", tags.UpdateAsync).Needs(Permission.ControlWorkers);
        api.Delete("/worker-mgt/tag/{id}", tags.DeleteAsync).Needs(Permission.ControlWorkers);
    }

    private static void MapShaman(FlamencoRoutes api, ShamanEndpoints shaman)
    {
        var deduplicating = api.WithGuard(shaman.WhereEnabled).For(RouteAccess.Needs(Permission.SubmitJobs));
        deduplicating.Post("/shaman/checkout/requirements", shaman.RequirementsAsync).WithBodyLimit(LargeBodyBytes);
        deduplicating.Post("/shaman/checkout/create", shaman.CheckoutAsync).WithBodyLimit(LargeBodyBytes);
        deduplicating.Get("/shaman/files/{sha}/{size}", shaman.CheckAsync);
        // Files have no size limit; they are streamed to disk.
        deduplicating.Post("/shaman/files/{sha}/{size}", shaman.StoreAsync).WithBodyLimit(null);
    }

    private static void MapJobFiles(FlamencoRoutes jobFiles, JobFileEndpoints files)
    {
        jobFiles.Get("/{directory}/{job}/{file}", files.FetchAsync);
        jobFiles.Head("/{directory}/{job}/{file}", files.FetchAsync);
        jobFiles.MapFallbacks();
    }
}
