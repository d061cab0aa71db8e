using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Endpoints;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>The protocol of simon987/task_tracker (Contracts/TaskTracker/Contract.md).</summary>
internal static class TaskTrackerModule
{
    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddTaskTrackerContract(this IServiceCollection services, TrackerSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(settings.Projects)
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

    /// <summary>Maps every route of the protocol.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var routes = new TrackerRoutes(app, services.GetRequiredService<TrackerSettings>());

        // Others want this path too; see HtmlOnlyMatcherPolicy.
        routes.Map("GET", "/", services.GetRequiredService<IndexEndpoints>().Get);
        MapWorkers(routes, services.GetRequiredService<WorkerEndpoints>());
        MapTasks(routes, services.GetRequiredService<TaskEndpoints>());
        MapLogs(routes, services.GetRequiredService<LogEndpoints>());
        MapProjects(routes, services.GetRequiredService<ProjectEndpoints>(), services.GetRequiredService<AccessEndpoints>());
        MapPeople(routes, services.GetRequiredService<PeopleEndpoints>(), services.GetRequiredService<ManagerEndpoints>());
        routes.Map("POST", "/git/receivehook", services.GetRequiredService<WebhookEndpoints>().Receive).RefuseTheRest("/git");
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
