using Farm.Dashboard.Ports;
using Farm.Server.Contracts.FlowServ.Dashboard;
using Farm.Server.Contracts.FlowServ.Endpoints;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.Operations.Transitions;

namespace Farm.Server.Contracts.FlowServ;

/// <summary>flowServ's web API: parameterised workflows, their runs and results (Contracts/FlowServ/Contract.md).</summary>
internal sealed class FlowServModule : IProtocolModule
{
    /// <inheritdoc/>
    public string Name => "flowserv";

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<FlowServSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context)
    {
        services
            .AddSingleton(new LiteralCommands(RunPlan.JobType))
            .AddSingleton<IWorkflows, DashboardWorkflows>();
        if (context.Contract.IsEnabled) services.AddSingleton<IFarmApiPart, InstallationEndpoints>();
        AddOperations(services);
        AddEndpoints(services);
    }

    private static void AddOperations(IServiceCollection services) => services
        .AddSingleton<JobKind, RunKind>()
        .AddSingleton(new ProjectLimits())
        .AddSingleton<WorkflowInstaller>()
        .AddSingleton<WorkflowCatalog>()
        .AddSingleton<WorkflowOverview>()
        .AddSingleton<WorkflowGroups>()
        .AddSingleton<GroupUploads>()
        .AddSingleton<WorkflowRuns>()
        .AddSingleton<RunFiles>()
        .AddSingleton<Leaderboards>()
        .AddSingleton<PasswordRequests>();

    private static void AddEndpoints(IServiceCollection services) => services
        .AddSingleton<Callers>()
        .AddSingleton<Mapping>()
        .AddSingleton<RunEndpoints>()
        .AddSingleton<DownloadEndpoints>()
        .AddSingleton<ServiceEndpoints>()
        .AddSingleton<UserEndpoints>()
        .AddSingleton<PasswordEndpoints>()
        .AddSingleton<WorkflowEndpoints>()
        .AddSingleton<GroupEndpoints>()
        .AddSingleton<UploadEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var runs = services.GetRequiredService<RunEndpoints>();
        var downloads = services.GetRequiredService<DownloadEndpoints>();
        var service = services.GetRequiredService<ServiceEndpoints>();
        var users = services.GetRequiredService<UserEndpoints>();
        var passwords = services.GetRequiredService<PasswordEndpoints>();
        var workflows = services.GetRequiredService<WorkflowEndpoints>();
        var groups = services.GetRequiredService<GroupEndpoints>();
        var uploads = services.GetRequiredService<UploadEndpoints>();

        new FlowServRoutes(routes)
            .Map("POST", "/groups/{userGroupId}/runs", runs.Start)
            .Map("GET", "/groups/{userGroupId}/runs", runs.List)
            .Map("GET", "/runs/{runId}", runs.Get)
            .Map("PUT", "/runs/{runId}", runs.Cancel)
            .Map("DELETE", "/runs/{runId}", runs.Delete)
            .Map("GET", "/runs/{runId}/downloads/files/{fileId}", downloads.ResultFile)
            .Map("GET", "/runs/{runId}/downloads/archive", downloads.ResultArchive)
            .Map("GET", "/", service.Describe)
            .Map("POST", "/users/register", users.Register)
            .Map("POST", "/users/activate", users.Activate)
            .Map("POST", "/users/login", users.Login)
            .Map("POST", "/users/logout", users.Logout)
            .Map("GET", "/users/whoami", users.WhoAmI)
            .Map("GET", "/users", users.List)
            .Map("POST", "/users/password/request", passwords.Request)
            .Map("POST", "/users/password/reset", passwords.Reset)
            .Map("GET", "/workflows", workflows.List)
            .Map("GET", "/workflows/{workflowId}", workflows.Get)
            .Map("GET", "/workflows/{workflowId}/leaderboard", workflows.Leaderboard)
            .Map("GET", "/workflows/{workflowId}/downloads/archive", downloads.PostprocArchive)
            .Map("GET", "/workflows/{workflowId}/downloads/files/{fileId}", downloads.PostprocFile)
            .Map("POST", "/workflows/{workflowId}/groups", groups.Create)
            .Map("GET", "/workflows/{workflowId}/groups", groups.ListOfWorkflow)
            .Map("GET", "/groups", groups.List)
            .Map("GET", "/groups/{userGroupId}", groups.Get)
            .Map("PUT", "/groups/{userGroupId}", groups.Update)
            .Map("POST", "/groups/{userGroupId}", groups.Update)
            .Map("DELETE", "/groups/{userGroupId}", groups.Delete)
            // Looked at by the endpoint, which can tell the client why before it hangs up.
            .Map("POST", "/uploads/{userGroupId}/files", uploads.Add, new BodyLimit(null))
            .Map("GET", "/uploads/{userGroupId}/files", uploads.List)
            .Map("GET", "/uploads/{userGroupId}/files/{fileId}", downloads.Upload)
            .Map("DELETE", "/uploads/{userGroupId}/files/{fileId}", uploads.Delete)
            .RefuseTheRest();
    }
}
