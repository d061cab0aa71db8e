using Farm.Dashboard.Ports;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Connects the dashboard with the farm.</summary>
internal static class DashboardPorts
{
    /// <summary>
    /// Adds the ports of <c>Farm.Dashboard/Ports</c>. They need the store, its events, the settings and the operations on jobs,
    /// tasks and workers among the services.
    /// </summary>
    public static IServiceCollection AddDashboardPorts(this IServiceCollection services) => services
        .AddSingleton<IFarmReader, DashboardReader>()
        .AddSingleton<IFarmActions, DashboardActions>()
        .AddSingleton<IJobTypes, DashboardJobTypes>()
        .AddSingleton<IWorkflows, DashboardWorkflows>()
        .AddSingleton<IFarmChanges, DashboardChanges>()
        .AddScoped<DashboardPeople>()
        .AddScoped<IFarmPeople>(provider => provider.GetRequiredService<DashboardPeople>())
        .AddScoped<IFarmProjects, DashboardProjects>();
}
