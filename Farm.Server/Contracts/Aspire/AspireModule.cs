using Farm.Server.Contracts.Aspire.Endpoints;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Aspire 5's manager API: batches for crawl workers (Contracts/Aspire/Contract.md).</summary>
internal static class AspireModule
{
    private const long LongBody = 64 * 1024 * 1024;

    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddAspireContract(this IServiceCollection services) => services
        .AddSingleton<ReleaseEndpoints>()
        .AddSingleton<BatchEndpoints>()
        .AddSingleton<SeedEndpoints>();

    /// <summary>Maps every call of the protocol, below both of its base paths.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var releases = services.GetRequiredService<ReleaseEndpoints>();
        var batches = services.GetRequiredService<BatchEndpoints>();
        var seeds = services.GetRequiredService<SeedEndpoints>();
        new AspireRoutes(app)
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
