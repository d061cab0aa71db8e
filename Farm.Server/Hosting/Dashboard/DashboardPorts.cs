using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Connects the dashboard with the farm.</summary>
internal static class DashboardPorts
{
    /// <summary>
    /// Adds the ports of <c>Farm.Dashboard/Ports</c>. They need the store, its events, the settings and the operations on jobs,
    /// tasks and workers among the services.
    /// </summary>
    public static IServiceCollection AddDashboardPorts(this IServiceCollection services)
    {
        // A protocol that is on the dashboard brings its own.
        services.TryAddSingleton<IWorkflows, NoWorkflows>();
        services.TryAddScoped<IFarmProjects, NoProjects>();
        return services
            .AddSingleton<IFarmReader, DashboardReader>()
            .AddSingleton<IFarmActions, DashboardActions>()
            .AddSingleton<IJobTypes, DashboardJobTypes>()
            .AddSingleton<IFarmChanges, DashboardChanges>()
            .AddScoped<DashboardPeople>()
            .AddScoped<IFarmPeople>(provider => provider.GetRequiredService<DashboardPeople>());
    }
}
