using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Farm.Server.Hosting.Discovery;

/// <summary>Adds discovery to the server.</summary>
internal static class DiscoveryHosting
{
    /// <summary>Adds the service; <see cref="DeviceDescription.MapDeviceDescription"/> adds its document.</summary>
    public static IServiceCollection AddFarmDiscovery(this IServiceCollection services, DiscoverySettings settings)
    {
        services.AddSingleton(provider => new DiscoveryService(
            settings,
            () => provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [],
            ManagerUrls.OfThisMachine,
            () => provider.GetService<CurrentCertificate>()?.Value.VerifiedHostNames ?? [],
            provider.GetRequiredService<SecuritySettings>().Networks,
            StartedAsync(provider.GetRequiredService<IHostApplicationLifetime>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DiscoveryService>>()));
        return services.AddHostedService(provider => provider.GetRequiredService<DiscoveryService>());
    }

    private static Task StartedAsync(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }
}
