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
    /// <summary>The name of the protocol, and of its CORS policy.</summary>
    public const string ProtocolName = "flowserv";

    private static readonly RouteAccess ByGroup = RouteAccess.ByRules("artist, as a member of the group");

    /// <inheritdoc/>
    public string Name => ProtocolName;

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<FlowServSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context)
    {
        services
            .AddSingleton(new LiteralCommands(RunPlan.JobType))
            .AddScoped<IWorkflows, DashboardWorkflows>()
            .AddCrossOrigin(ProtocolName, context.Settings<FlowServSettings>().Origins, policy => policy
                .WithMethods("GET", "POST", "PUT", "DELETE")
                .WithHeaders(Callers.FlowServToken, "Content-Type", IdempotencyKey.Header)
                .WithExposedHeaders("Content-Disposition")
                .SetPreflightMaxAge(TimeSpan.FromDays(1)));
        if (context.Contract.IsEnabled) services.AddSingleton<IFarmApiExtension, InstallationEndpoints>();
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
        .AddSingleton<FlowServAuthentication>()
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

        new FlowServRoutes(routes, services.GetRequiredService<FlowServSettings>())
            .Map("POST", "/groups/{userGroupId}/runs", runs.StartAsync, ByGroup)
            .Map("GET", "/groups/{userGroupId}/runs", runs.ListAsync, ByGroup)
            .Map("GET", "/runs/{runId}", runs.GetAsync, ByGroup)
            .Map("PUT", "/runs/{runId}", runs.CancelAsync, ByGroup)
            .Map("DELETE", "/runs/{runId}", runs.DeleteAsync, ByGroup)
            .Map("GET", "/runs/{runId}/downloads/files/{fileId}", downloads.ResultFileAsync, ByGroup)
            .Map("GET", "/runs/{runId}/downloads/archive", downloads.ResultArchiveAsync, ByGroup)
            .Map("GET", "/", service.DescribeAsync, RouteAccess.Anyone)
            .Map("POST", "/users/register", users.RegisterAsync, RouteAccess.Anyone)
            .Map("POST", "/users/activate", users.ActivateAsync, RouteAccess.Anyone)
            .Map("POST", "/users/login", users.LoginAsync, RouteAccess.Anyone)
            .Map("POST", "/users/logout", users.LogoutAsync, RouteAccess.Anyone)
            .Map("GET", "/users/whoami", users.WhoAmIAsync)
            .Map("GET", "/users", users.ListAsync)
            .Map("POST", "/users/password/request", passwords.RequestAsync, RouteAccess.Anyone)
            .Map("POST", "/users/password/reset", passwords.ResetAsync, RouteAccess.Anyone)
            .Map("GET", "/workflows", workflows.ListAsync)
            .Map("GET", "/workflows/{workflowId}", workflows.GetAsync)
            .Map("GET", "/workflows/{workflowId}/leaderboard", workflows.LeaderboardAsync)
            .Map("GET", "/workflows/{workflowId}/downloads/archive", downloads.PostprocArchiveAsync)
            .Map("GET", "/workflows/{workflowId}/downloads/files/{fileId}", downloads.PostprocFileAsync)
            .Map("POST", "/workflows/{workflowId}/groups", groups.CreateAsync)
            .Map("GET", "/workflows/{workflowId}/groups", groups.ListOfWorkflowAsync)
            .Map("GET", "/groups", groups.ListAsync)
            .Map("GET", "/groups/{userGroupId}", groups.GetAsync, ByGroup)
            .Map("PUT", "/groups/{userGroupId}", groups.UpdateAsync, ByGroup)
            .Map("POST", "/groups/{userGroupId}", groups.UpdateAsync, ByGroup)
            .Map("DELETE", "/groups/{userGroupId}", groups.DeleteAsync, ByGroup)
            // The endpoint checks the size itself, so that the client gets an error response.
            .Map("POST", "/uploads/{userGroupId}/files", uploads.AddAsync, ByGroup, new BodyLimit(null))
            .Map("GET", "/uploads/{userGroupId}/files", uploads.ListAsync, ByGroup)
            .Map("GET", "/uploads/{userGroupId}/files/{fileId}", downloads.UploadAsync, ByGroup)
            .Map("DELETE", "/uploads/{userGroupId}/files/{fileId}", uploads.DeleteAsync, ByGroup)
            .MapFallbacks();
    }
}
