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
    /// <inheritdoc/>
    public string Name => "task_tracker";

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<TrackerSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context)
    {
        var settings = context.Settings<TrackerSettings>();
        services
            .AddSingleton(settings.Projects)
            .AddSingleton(new SessionCookieSettings { Name = settings.Cookie, Lifetime = settings.SessionLifetime, IsUsed = context.Contract.IsEnabled })
            .AddSingleton<IPrivilegedAccounts, ProjectManagers>()
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
        .AddSingleton<TrackerCallers>()
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

        // Others want this path too; see HtmlOnlyMatcherPolicy.
        tracker.Map("GET", "/", services.GetRequiredService<IndexEndpoints>().Get);
        MapWorkers(tracker, services.GetRequiredService<WorkerEndpoints>());
        MapTasks(tracker, services.GetRequiredService<TaskEndpoints>());
        MapLogs(tracker, services.GetRequiredService<LogEndpoints>());
        MapProjects(tracker, services.GetRequiredService<ProjectEndpoints>(), services.GetRequiredService<AccessEndpoints>());
        MapPeople(tracker, services.GetRequiredService<PeopleEndpoints>(), services.GetRequiredService<ManagerEndpoints>());
        tracker.Map("POST", "/git/receivehook", services.GetRequiredService<WebhookEndpoints>().Receive).RefuseTheRest("/git");
    }

    private static void MapWorkers(TrackerRoutes routes, WorkerEndpoints workers) => routes
        .Map("POST", "/worker/create", workers.Create)
        .Map("POST", "/worker/update", workers.Update)
        .Map("POST", "/worker/set_paused", workers.SetPaused)
        .Map("GET", "/worker/get/{id}", workers.Get)
        .Map("GET", "/worker/stats", workers.Stats)
        .RefuseTheRest("/worker");

    private static void MapTasks(TrackerRoutes routes, TaskEndpoints tasks) => routes
        .Map("POST", "/task/submit", tasks.Submit)
        .Map("POST", "/task/bulk_submit", tasks.BulkSubmit)
        .Map("GET", "/task/get/{id}", tasks.Get)
        .Map("POST", "/task/release", tasks.Release)
        .RefuseTheRest("/task");

    private static void MapLogs(TrackerRoutes routes, LogEndpoints logs) => routes
        .Map("POST", "/log/trace", logs.Say(ProjectLogLevel.Trace))
        .Map("POST", "/log/info", logs.Say(ProjectLogLevel.Info))
        .Map("POST", "/log/warn", logs.Say(ProjectLogLevel.Warn))
        .Map("POST", "/log/error", logs.Say(ProjectLogLevel.Error))
        .RefuseTheRest("/log")
        .Map("POST", "/logs", logs.Read);

    private static void MapProjects(TrackerRoutes routes, ProjectEndpoints projects, AccessEndpoints access) => routes
        .Map("GET", "/project/get/{id}", projects.Get)
        .Map("GET", "/project/list", projects.List)
        .Map("POST", "/project/create", projects.Create)
        .Map("POST", "/project/update/{id}", projects.Update)
        .Map("POST", "/project/request_access", access.Request)
        .Map("GET", "/project/access_list/{id}", access.List)
        .Map("POST", "/project/accept_request/{id}/{worker}", access.Accept)
        .Map("POST", "/project/reject_request/{id}/{worker}", access.Reject)
        .Map("GET", "/project/secret/{id}", access.Secret)
        .Map("POST", "/project/secret/{id}", access.SetSecret)
        .Map("GET", "/project/webhook_secret/{id}", access.WebhookSecret)
        .Map("POST", "/project/webhook_secret/{id}", access.SetWebhookSecret)
        .Map("GET", "/project/assignees/{id}", projects.Assignees)
        .Map("GET", "/project/monitoring/{id}", projects.Monitoring)
        .Map("GET", "/project/monitoring-between/{id}", projects.MonitoringBetween)
        .Map("POST", "/project/reset_failed_tasks/{id}", projects.ResetFailed)
        .Map("POST", "/project/hard_reset/{id}", projects.HardReset)
        .Map("POST", "/project/reclaim_assigned_tasks/{id}", projects.Reclaim)
        .RefuseTheRest("/project");

    private static void MapPeople(TrackerRoutes routes, PeopleEndpoints people, ManagerEndpoints managers) => routes
        .Map("POST", "/register", people.Register, allowCrossSite: false)
        .Map("POST", "/login", people.Login, allowCrossSite: false)
        .Map("GET", "/logout", people.Logout)
        .Map("GET", "/account", people.Account)
        .Map("GET", "/manager/list", managers.List)
        .Map("GET", "/manager/list_for_project/{id}", managers.ListForProject)
        .Map("GET", "/manager/promote/{id}", managers.Promote)
        .Map("POST", "/manager/promote/{id}", managers.Promote)
        .Map("GET", "/manager/demote/{id}", managers.Demote)
        .Map("POST", "/manager/demote/{id}", managers.Demote)
        .Map("POST", "/manager/set_role_for_project/{id}", managers.SetRole)
        .RefuseTheRest("/manager");
}
