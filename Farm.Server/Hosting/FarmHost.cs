using Farm.Server.Contracts.Flamenco;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Reading;
using Farm.Server.Store;

namespace Farm.Server.Hosting;

/// <summary>Makes a farm of its parts.</summary>
internal static class FarmHost
{
    /// <summary>A farm that is ready to run.</summary>
    /// <exception cref="Store.Opening.StoreRefusedException">Its data cannot be used; the message says why.</exception>
    public static WebApplication Build(FarmHostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. options.Urls]);
        // One line for each request is for who develops the framework, not for who runs the farm.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        options.Logging?.Invoke(builder.Logging);
        builder.Services.AddFarmSecurity(options.Security);
        builder.Services.AddFarmOperations(options);
        builder.Services.AddFlamencoContract(options.Flamenco);

        var app = builder.Build();
        Open(app.Services);
        app.UseFarmSecurity();
        FlamencoContract.Map(app);
        return app;
    }

    /// <summary>Opens what must be open, or refuse to, before the first request comes.</summary>
    private static void Open(IServiceProvider services)
    {
        services.GetRequiredService<FarmStore>();
        services.GetRequiredService<FarmStatusQuery>();
        services.GetRequiredService<Timeouts>();
    }
}
