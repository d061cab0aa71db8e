using Farm.Server.Contracts.Aspire.Endpoints;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Operations;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Aspire 5's manager API: batches for crawl workers (Contracts/Aspire/Contract.md).</summary>
internal sealed class AspireModule : IProtocolModule
{
    private const long LargeBodyBytes = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => BatchWorkers.Contract;

    /// <inheritdoc/>
    public IModuleSettings Settings { get; } = new ModuleSettings<BatchSettings>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton<JobKind, SeedKind>()
        .AddSingleton<WorkerProtocol, AspireWorkers>()
        .AddSingleton<BatchTransitions>()
        .AddSingleton<BatchRequeue>()
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

    /// <summary>Maps every route of the protocol, below both of its base paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var releases = services.GetRequiredService<ReleaseEndpoints>();
        var batches = services.GetRequiredService<BatchEndpoints>();
        var seeds = services.GetRequiredService<SeedEndpoints>();
        new AspireRoutes(routes)
            .MapIds("GET PUT", "manager/release/worker", Permission.ControlWorkers, releases.WorkersAsync)
            .MapIds("GET PUT", "manager/release/seed", Permission.ControlOwnJobs, releases.SeedsAsync)
            .Map("GET", "manager/batch", Permission.Work, batches.FetchAsync)
            .MapIds("GET PUT", "manager/batch/ack", Permission.Work, batches.AcknowledgeAsync)
            .MapIds("PUT", "manager/batch/complete", Permission.Work, batches.CompleteAsync)
            .MapIds("PUT", "manager/batch/fail", Permission.Work, batches.FailAsync)
            .Map("POST", "seeds", Permission.SubmitJobs, seeds.CreateAsync)
            .Map("POST", "pushUpdates", Permission.SubmitJobs, seeds.PushAsync, LargeBodyBytes)
            .Map("PUT", "seeds/:id/pause", Permission.ControlOwnJobs, seeds.PauseAsync)
            .Map("PUT", "seeds/:id/resume", Permission.ControlOwnJobs, seeds.ResumeAsync)
            .Map("PUT", "seeds/:id/stop", Permission.ControlOwnJobs, seeds.StopAsync)
            .MapRead("seeds/:id", seeds.GetAsync)
            .Map("POST", "manager/worker", Permission.Work, releases.RegisterAsync)
            .Build();
    }
}
