using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Dashboard;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Endpoints;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>The protocol of simon987/task_tracker (Contracts/TaskTracker/Contract.md).</summary>
internal sealed class TaskTrackerModule : IProtocolModule
{
    /// <summary>The name of the protocol, and of its CORS policy.</summary>
    public const string ProtocolName = "task_tracker";

    /// <inheritdoc/>
    public string Name => ProtocolName;

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<TrackerSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context)
    {
        var settings = context.Settings<TrackerSettings>();
        services
            .AddSingleton(settings.Projects)
            .AddSingleton(new SessionCookieSettings { Name = settings.Cookie, Lifetime = settings.SessionLifetime })
            .AddSingleton<IPrivilegedAccounts, ProjectManagers>()
            .AddCrossOrigin(ProtocolName, settings.Origins, policy => policy
                .WithMethods("GET", "POST")
                .WithHeaders("Content-Type", "X-Worker-ID", "X-Secret"))
            .AddScoped<IFarmProjects>(provider => ActivatorUtilities.CreateInstance<DashboardProjects>(provider, context.Contract.IsEnabled));
        AddOperations(services);
        AddEndpoints(services);
    }

    private static void AddOperations(IServiceCollection services) => services
        .AddLogging(logging => logging.AddFilter(typeof(ProjectLog).FullName, LogLevel.Trace))
        .AddSingleton<JobKind, ProjectKind>()
        .AddSingleton<WorkerProtocol, TrackerWorkerProtocol>()
        .AddSingleton<ProjectLog>()
        .AddSingleton<ProjectControl>()
        .AddSingleton<ProjectAccessControl>()
        .AddSingleton<ProjectSecrets>()
        .AddSingleton<ProjectMaintenance>()
        .AddSingleton<ProjectQueries>()
        .AddSingleton<ProjectWebhook>()
        .AddSingleton<ProjectSnapshots>()
        .AddHostedService<ProjectTimers>()
        .AddSingleton<TrackerWorkers>()
        .AddSingleton<ProjectRates>()
        .AddSingleton<RecipeSubmission>()
        .AddSingleton<RecipeHandout>()
        .AddSingleton<RecipeReleases>()
        .AddSingleton<RecipeTimeouts>()
        .AddHostedService(provider => provider.GetRequiredService<RecipeTimeouts>());

    private static void AddEndpoints(IServiceCollection services) => services
        .AddSingleton<TrackerAuthentication>()
        .AddSingleton<IndexEndpoints>()
        .AddSingleton<WorkerEndpoints>()
        .AddSingleton<TaskEndpoints>()
        .AddSingleton<LogEndpoints>()
        .AddSingleton<ProjectEndpoints>()
        .AddSingleton<AccessEndpoints>()
        .AddSingleton<PeopleEndpoints>()
        .AddSingleton<ManagerEndpoints>()
        .AddSingleton<WebhookEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var tracker = new TrackerRoutes(routes, services.GetRequiredService<TrackerSettings>());

        // The dashboard and Deadline use this path too; see HtmlOnlyMatcherPolicy.
        tracker.Map("GET", "/", services.GetRequiredService<IndexEndpoints>().GetAsync);
        MapWorkers(tracker, services.GetRequiredService<WorkerEndpoints>());
        MapTasks(tracker, services.GetRequiredService<TaskEndpoints>());
        MapLogs(tracker, services.GetRequiredService<LogEndpoints>());
        MapProjects(tracker, services.GetRequiredService<ProjectEndpoints>(), services.GetRequiredService<AccessEndpoints>());
        MapPeople(tracker, services.GetRequiredService<PeopleEndpoints>(), services.GetRequiredService<ManagerEndpoints>());
        tracker.Map("POST", "/git/receivehook", services.GetRequiredService<WebhookEndpoints>().ReceiveAsync).MapFallbacks("/git");
    }

    private static void MapWorkers(TrackerRoutes routes, WorkerEndpoints workers) => routes
        .Map("POST", "/worker/create", workers.CreateAsync)
        .Map("POST", "/worker/update", workers.UpdateAsync)
        .Map("POST", "/worker/set_paused", workers.SetPausedAsync)
        .Map("GET", "/worker/get/{id}", workers.GetAsync)
        .Map("GET", "/worker/stats", workers.StatsAsync)
        .MapFallbacks("/worker");

    private static void MapTasks(TrackerRoutes routes, TaskEndpoints tasks) => routes
        .Map("POST", "/task/submit", tasks.SubmitAsync)
        .Map("POST", "/task/bulk_submit", tasks.BulkSubmitAsync)
        .Map("GET", "/task/get/{id}", tasks.GetAsync, new StateChangingGet(UsesSession: true))
        .Map("POST", "/task/release", tasks.ReleaseAsync)
        .MapFallbacks("/task");

    private static void MapLogs(TrackerRoutes routes, LogEndpoints logs) => routes
        .Map("POST", "/log/trace", logs.WriteLine(ProjectLogLevel.Trace))
        .Map("POST", "/log/info", logs.WriteLine(ProjectLogLevel.Info))
        .Map("POST", "/log/warn", logs.WriteLine(ProjectLogLevel.Warn))
        .Map("POST", "/log/error", logs.WriteLine(ProjectLogLevel.Error))
        .MapFallbacks("/log")
        .Map("POST", "/logs", logs.ReadAsync);

    private static void MapProjects(TrackerRoutes routes, ProjectEndpoints projects, AccessEndpoints access) => routes
        .Map("GET", "/project/get/{id}", projects.GetAsync)
        .Map("GET", "/project/list", projects.ListAsync)
        .Map("POST", "/project/create", projects.CreateAsync)
        .Map("POST", "/project/update/{id}", projects.UpdateAsync)
        .Map("POST", "/project/request_access", access.RequestAsync)
        .Map("GET", "/project/access_list/{id}", access.ListAsync)
        .Map("POST", "/project/accept_request/{id}/{worker}", access.AcceptAsync)
        .Map("POST", "/project/reject_request/{id}/{worker}", access.RejectAsync)
        .Map("GET", "/project/secret/{id}", access.SecretAsync)
        .Map("POST", "/project/secret/{id}", access.SetSecretAsync)
        .Map("GET", "/project/webhook_secret/{id}", access.WebhookSecretAsync)
        .Map("POST", "/project/webhook_secret/{id}", access.SetWebhookSecretAsync)
        .Map("GET", "/project/assignees/{id}", projects.AssigneesAsync)
        .Map("GET", "/project/monitoring/{id}", projects.MonitoringAsync)
        .Map("GET", "/project/monitoring-between/{id}", projects.MonitoringBetweenAsync)
        .Map("POST", "/project/reset_failed_tasks/{id}", projects.ResetFailedAsync)
        .Map("POST", "/project/hard_reset/{id}", projects.HardResetAsync)
        .Map("POST", "/project/reclaim_assigned_tasks/{id}", projects.ReclaimAsync)
        .MapFallbacks("/project");

    private static void MapPeople(TrackerRoutes routes, PeopleEndpoints people, ManagerEndpoints managers)
    {
        var bySession = new StateChangingGet(UsesSession: true);
        routes
            .Map("POST", "/register", people.RegisterAsync)
            .Map("POST", "/login", people.LoginAsync)
            .Map("GET", "/logout", people.LogoutAsync, bySession)
            .Map("POST", "/logout", people.LogoutAsync)
            .Map("GET", "/account", people.AccountAsync)
            .Map("GET", "/manager/list", managers.ListAsync)
            .Map("GET", "/manager/list_for_project/{id}", managers.ListForProjectAsync)
            .Map("GET", "/manager/promote/{id}", managers.PromoteAsync, bySession)
            .Map("POST", "/manager/promote/{id}", managers.PromoteAsync)
            .Map("GET", "/manager/demote/{id}", managers.DemoteAsync, bySession)
            .Map("POST", "/manager/demote/{id}", managers.DemoteAsync)
            .Map("POST", "/manager/set_role_for_project/{id}", managers.SetRoleAsync)
            .MapFallbacks("/manager");
    }
}
