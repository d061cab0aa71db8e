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

    private static readonly RouteAccess ByProject = RouteAccess.ByRules("artist, with a role in the project");
    private static readonly RouteAccess ByAdministrator = RouteAccess.ByRules("administrator, as the protocol says no");
    private static readonly RouteAccess ByAccount = RouteAccess.ByRules("artist, as the protocol says no");

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
                .WithHeaders("Content-Type", "X-Worker-ID", "X-Secret", IdempotencyKey.Header))
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
        .AddSingleton<IWorkerCredentials>(provider => provider.GetRequiredService<TrackerAuthentication>())
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
        tracker.Map("GET", "/", services.GetRequiredService<IndexEndpoints>().GetAsync, RouteAccess.Anyone);
        MapWorkers(tracker, services.GetRequiredService<WorkerEndpoints>());
        MapTasks(tracker, services.GetRequiredService<TaskEndpoints>());
        MapLogs(tracker, services.GetRequiredService<LogEndpoints>());
        MapProjects(tracker, services.GetRequiredService<ProjectEndpoints>(), services.GetRequiredService<AccessEndpoints>());
        MapPeople(tracker, services.GetRequiredService<PeopleEndpoints>(), services.GetRequiredService<ManagerEndpoints>());
        tracker.Map("POST", "/git/receivehook", services.GetRequiredService<WebhookEndpoints>().ReceiveAsync, RouteAccess.Signed).MapFallbacks("/git");
    }

    private static void MapWorkers(TrackerRoutes routes, WorkerEndpoints workers) => routes
        .Map("POST", "/worker/create", workers.CreateAsync, RouteAccess.Anyone)
        .Map("POST", "/worker/update", workers.UpdateAsync, RouteAccess.Worker)
        .Map("POST", "/worker/set_paused", workers.SetPausedAsync, ByAdministrator)
        .Map("GET", "/worker/get/{id}", workers.GetAsync)
        .Map("GET", "/worker/stats", workers.StatsAsync)
        .MapFallbacks("/worker");

    private static void MapTasks(TrackerRoutes routes, TaskEndpoints tasks) => routes
        .Map("POST", "/task/submit", tasks.SubmitAsync, RouteAccess.Worker)
        .Map("POST", "/task/bulk_submit", tasks.BulkSubmitAsync, RouteAccess.Worker)
        .Map("GET", "/task/get/{id}", tasks.GetAsync, RouteAccess.Worker, new StateChangingGet(UsesSession: true))
        .Map("POST", "/task/release", tasks.ReleaseAsync, RouteAccess.Worker)
        .MapFallbacks("/task");

    private static void MapLogs(TrackerRoutes routes, LogEndpoints logs) => routes
        .Map("POST", "/log/trace", logs.WriteLine(ProjectLogLevel.Trace), RouteAccess.Worker)
        .Map("POST", "/log/info", logs.WriteLine(ProjectLogLevel.Info), RouteAccess.Worker)
        .Map("POST", "/log/warn", logs.WriteLine(ProjectLogLevel.Warn), RouteAccess.Worker)
        .Map("POST", "/log/error", logs.WriteLine(ProjectLogLevel.Error), RouteAccess.Worker)
        .MapFallbacks("/log")
        .Map("POST", "/logs", logs.ReadAsync, ByProject);

    private static void MapProjects(TrackerRoutes routes, ProjectEndpoints projects, AccessEndpoints access) => routes
        .Map("GET", "/project/get/{id}", projects.GetAsync)
        .Map("GET", "/project/list", projects.ListAsync)
        .Map("POST", "/project/create", projects.CreateAsync, ByProject)
        .Map("POST", "/project/update/{id}", projects.UpdateAsync, ByProject)
        .Map("POST", "/project/request_access", access.RequestAsync, RouteAccess.Worker)
        .Map("GET", "/project/access_list/{id}", access.ListAsync, ByProject)
        .Map("POST", "/project/accept_request/{id}/{worker}", access.AcceptAsync, ByProject)
        .Map("POST", "/project/reject_request/{id}/{worker}", access.RejectAsync, ByProject)
        .Map("GET", "/project/secret/{id}", access.SecretAsync, ByProject)
        .Map("POST", "/project/secret/{id}", access.SetSecretAsync, ByProject)
        .Map("GET", "/project/webhook_secret/{id}", access.WebhookSecretAsync, ByProject)
        .Map("POST", "/project/webhook_secret/{id}", access.SetWebhookSecretAsync, ByProject)
        .Map("GET", "/project/assignees/{id}", projects.AssigneesAsync)
        .Map("GET", "/project/monitoring/{id}", projects.MonitoringAsync)
        .Map("GET", "/project/monitoring-between/{id}", projects.MonitoringBetweenAsync)
        .Map("POST", "/project/reset_failed_tasks/{id}", projects.ResetFailedAsync, ByProject)
        .Map("POST", "/project/hard_reset/{id}", projects.HardResetAsync, ByProject)
        .Map("POST", "/project/reclaim_assigned_tasks/{id}", projects.ReclaimAsync, ByProject)
        .MapFallbacks("/project");

    private static void MapPeople(TrackerRoutes routes, PeopleEndpoints people, ManagerEndpoints managers)
    {
        var bySession = new StateChangingGet(UsesSession: true);
        routes
            .Map("POST", "/register", people.RegisterAsync, RouteAccess.Anyone)
            .Map("POST", "/login", people.LoginAsync, RouteAccess.Anyone)
            .Map("GET", "/logout", people.LogoutAsync, RouteAccess.Anyone, bySession)
            .Map("POST", "/logout", people.LogoutAsync, RouteAccess.Anyone)
            .Map("GET", "/account", people.AccountAsync)
            .Map("GET", "/manager/list", managers.ListAsync, ByAccount)
            .Map("GET", "/manager/list_for_project/{id}", managers.ListForProjectAsync, ByAccount)
            .Map("GET", "/manager/promote/{id}", managers.PromoteAsync, ByAdministrator, bySession)
            .Map("POST", "/manager/promote/{id}", managers.PromoteAsync, ByAdministrator)
            .Map("GET", "/manager/demote/{id}", managers.DemoteAsync, ByAdministrator, bySession)
            .Map("POST", "/manager/demote/{id}", managers.DemoteAsync, ByAdministrator)
            .Map("POST", "/manager/set_role_for_project/{id}", managers.SetRoleAsync, ByProject)
            .MapFallbacks("/manager");
    }
}
