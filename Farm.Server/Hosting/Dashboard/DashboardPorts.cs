using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Registers the ports of the dashboard.</summary>
internal static class DashboardPorts
{
    /// <summary>
    /// Adds the ports of <c>Farm.Dashboard/Ports</c>. They need the services of <see cref="FarmServices"/>.
    /// </summary>
    public static IServiceCollection AddDashboardPorts(this IServiceCollection services)
    {
        // Replaced by a protocol that has pages of its own.
        services.TryAddScoped<IWorkflows, NoWorkflows>();
        services.TryAddScoped<IFarmProjects, NoProjects>();
        return services
            .AddSingleton<IFarmReader, DashboardReader>()
            .AddScoped<IFarmActions, DashboardActions>()
            .AddScoped<IJobTypes, DashboardJobTypes>()
            .AddSingleton<IFarmChanges, DashboardChanges>()
            .AddSingleton<LatestChecks>()
            .AddScoped<IFarmHealth, DashboardHealth>()
            .AddScoped<IFarmBackups, DashboardBackups>()
            .AddScoped<IFarmAccounts, DashboardAccounts>()
            .AddScoped<IOwnAccount, DashboardOwnAccount>()
            .AddScoped<IFarmAudit, DashboardAudit>()
            .AddScoped<DashboardPeople>()
            .AddScoped<IFarmPeople>(provider => provider.GetRequiredService<DashboardPeople>());
    }
}
