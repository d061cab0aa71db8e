using Farm.Dashboard.Actions;
using Farm.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Farm.Dashboard;

/// <summary>Registers the services of the dashboard.</summary>
public static class DashboardServices
{
    /// <summary>Adds the services of pages and components. The host adds the ports.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<ChangeFeed>();
        services.AddScoped<ActionRunner>();
        return services;
    }
}
