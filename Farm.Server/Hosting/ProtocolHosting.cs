using Farm.Server.Contracts.Shared;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Farm.Server.Hosting;

/// <summary>Adds the protocols to the server.</summary>
internal static class ProtocolHosting
{
    /// <summary>Adds the services of all protocols, and those that they share.</summary>
    public static IServiceCollection AddProtocols(this IServiceCollection services, FarmHostOptions options)
    {
        foreach (var module in options.Modules)
        {
            module.Settings?.AddTo(services, options.Settings.Of(module).Own);
            module.AddServices(services, ContextOf(module, options));
        }

        services.TryAddSingleton(new SessionCookieSettings());
        services.TryAddSingleton(new FarmApiAddress(Root: null));
        return services.AddSingleton<SessionCookie>().AddSingleton<WorkerCredentials>().AddSingleton<RefusedRequests>()
            .AddSingleton<IWorkerCredentials>(provider => provider.GetRequiredService<WorkerCredentials>());
    }

    /// <summary>Maps the routes of the enabled protocols, each below its prefix.</summary>
    public static void MapProtocols(this IEndpointRouteBuilder app, FarmHostOptions options)
    {
        foreach (var module in options.Modules)
        {
            var contract = options.Settings.Of(module);
            if (contract.IsEnabled) module.Map(app.MapGroup(contract.Prefix).WithMetadata(new ProtocolName(module.Name)));
        }
    }

    private static ModuleContext ContextOf(IProtocolModule module, FarmHostOptions options) => new(options.Settings.Of(module), options.Directory)
    {
        SharedStorage = options.Settings.SharedStoragePath is { Length: > 0 } shared ? shared : options.Directory.SharedStorage,
        Shaman = options.Settings.Shaman,
        IsInNetworks = options.Settings.Security.Networks.Contains,
    };
}
