using Farm.Server.Contracts.Aspire.Endpoints;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Aspire 5's manager API: batches for crawl workers (Contracts/Aspire/Contract.md).</summary>
internal sealed class AspireModule : IProtocolModule
{
    private const long LongBody = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => BatchWorkers.Contract;

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<BatchSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton<JobKind, SeedKind>()
        .AddSingleton<WorkerProtocol, AspireWorkers>()
        .AddSingleton<BatchTransitions>()
        .AddSingleton<BatchReturns>()
        .AddSingleton<Seeds>()
        .AddSingleton<EntryPush>()
        .AddSingleton<BatchFetch>()
        .AddSingleton<BatchControl>()
        .AddSingleton<BatchReleases>()
        .AddSingleton<LostWorkers>()
        .AddSingleton<IPeriodicDuty>(provider => provider.GetRequiredService<LostWorkers>())
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<ReleaseForwarder>(provider, context.IsInNetworks))
        .AddHostedService(provider => provider.GetRequiredService<ReleaseForwarder>())
        .AddSingleton<ReleaseEndpoints>()
        .AddSingleton<BatchEndpoints>()
        .AddSingleton<SeedEndpoints>();

    /// <summary>Maps every call of the protocol, below both of its base paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var releases = services.GetRequiredService<ReleaseEndpoints>();
        var batches = services.GetRequiredService<BatchEndpoints>();
        var seeds = services.GetRequiredService<SeedEndpoints>();
        new AspireRoutes(routes)
            .MapIds("GET PUT", "manager/release/worker", releases.Workers)
            .MapIds("GET PUT", "manager/release/seed", releases.Seeds)
            .Map("GET", "manager/batch", batches.Fetch)
            .MapIds("GET PUT", "manager/batch/ack", batches.Acknowledge)
            .MapIds("PUT", "manager/batch/complete", batches.Complete)
            .MapIds("PUT", "manager/batch/fail", batches.Fail)
            .Map("POST", "seeds", seeds.Create)
            .Map("POST", "pushUpdates", seeds.Push, LongBody)
            .Map("PUT", "seeds/:id/pause", seeds.Pause)
            .Map("PUT", "seeds/:id/resume", seeds.Resume)
            .Map("PUT", "seeds/:id/stop", seeds.Stop)
            .Map("GET", "seeds/:id", seeds.Get)
            .Map("POST", "manager/worker", releases.Register)
            .Build();
    }
}
