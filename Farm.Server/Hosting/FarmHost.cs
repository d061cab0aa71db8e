using Farm.Server.Contracts.Shared;
using Farm.Server.Docs;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.Discovery;
using Farm.Server.Hosting.Health;
using Farm.Server.Hosting.Logging;
using Farm.Server.Hosting.PageKeys;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Templates;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>Builds the server.</summary>
internal static class FarmHost
{
    /// <summary>Builds a server, ready to start.</summary>
    /// <exception cref="Store.Engine.StoreException">The store cannot be opened.</exception>
    /// <exception cref="SettingException">A setting is invalid.</exception>
    public static WebApplication Build(FarmHostOptions options)
    {
        var settings = options.Settings;
        if (options is { Database: null, Directory.SharedFiles: { } shared })
            throw new SettingException(MachineSettings.SharedFiles, shared, "needs a PostgreSQL database, as SQLite is for one manager; set database, or remove shared_files");
        if (options.Database is not null && settings.HasBackupSettings) throw FarmSettings.NoBackupsOfPostgres();
        var discovery = new DiscoverySettings { Autodiscoverable = settings.Autodiscoverable, Name = settings.ManagerName };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        // An appsettings.json in the current directory or an environment variable must not change the server.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(options.Urls ?? FarmSettings.ListenUrl(settings.Listen));
        builder.Logging.AddFarmLog(new LogSettings(options.Directory.Logs), options.Console);
        builder.Services.AddFarmService();
        builder.Services.AddFarmOperations(options);
        builder.Services.AddFarmSecurity(settings.Security);
        builder.Services.AddFarmDiscovery(discovery);
        builder.Services.AddProtocols(options);
        builder.Services.AddFarmHealth(hasSchedule: options.Database is null);
        builder.Services.AddFarmMetrics();
        builder.Services.AddFarmDashboard();
        builder.Services.AddSharedPageKeys();
        builder.Services.AddDashboardPorts();
        builder.Services.AddSingleton<ISettingsReference>(new SettingsReference(options.Modules));
        builder.Services.AddDocs(options.Modules.Select(module => module.GetType().Assembly));

        var app = builder.Build();
        options.Restart.Attach(app.Lifetime);
        // Created now, so that a store that cannot be opened fails the start, and silence counts for timeouts.
        if (app.Services.GetRequiredService<FarmStore>().IsShared) CheckFiles(app);
        app.Services.GetRequiredService<FarmStatusQuery>();
        app.Services.GetRequiredService<Timeouts>();
        app.Services.GetRequiredService<TemplateFolder>().Open();
        app.Services.GetServices<IPeriodicDuty>();
        app.Services.GetRequiredService<SetupCode>().PublishAsync().GetAwaiter().GetResult();
        // The first backup of a new farm needs the token file.
        app.Services.GetRequiredService<AdministratorToken>();
        app.Services.GetRequiredService<FarmGauges>();
        app.UseHttpMetrics();
        app.UseFarmSecurity();
        app.UseFarmAccess();
        app.MapProtocols(options);
        app.MapDeviceDescription(discovery).Allows(RouteAccess.Anyone);
        app.MapHealth(HealthResponse.MayLook);
        app.MapMetrics();
        app.MapFarmDashboard();
        app.MapGroup("").Allows(RouteAccess.Anyone).MapDocs();
        SignInEndpoints.Map(app);
        SetupEndpoints.Map(app);
        return app;
    }

    /// <summary>A server that may not use its files lets go of the database.</summary>
    private static void CheckFiles(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<FilesIdentity>().CheckAsync().GetAwaiter().GetResult();
        }
        catch
        {
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }
}
