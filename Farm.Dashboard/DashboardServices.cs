using Farm.Dashboard.Actions;
using Farm.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Farm.Dashboard;

/// <summary>The dashboard's own services.</summary>
public static class DashboardServices
{
    /// <summary>Adds what pages and components inject beside the ports, which the host implements.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<ChangeFeed>();
        services.AddScoped<ActionRunner>();
        return services;
    }
}
