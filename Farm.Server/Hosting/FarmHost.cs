using Farm.Server.Contracts.Shared;
using Farm.Server.Docs;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.Discovery;
using Farm.Server.Hosting.Health;
using Farm.Server.Hosting.Logging;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Templates;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>Puts a server together. Reads as a table of contents.</summary>
internal static class FarmHost
{
    /// <summary>A server that is ready to be started.</summary>
    /// <exception cref="Store.Engine.StoreException">The store cannot be opened.</exception>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static WebApplication Build(FarmHostOptions options)
    {
        var settings = options.Settings;
        var discovery = new DiscoverySettings { Autodiscoverable = settings.Autodiscoverable, Name = settings.ManagerName };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        // An appsettings.json that happens to be where the farm is started, or a variable of the environment, must not change it.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(options.Urls ?? FarmSettings.ListenUrl(settings.Listen));
        builder.Logging.AddFarmLog(new LogSettings(options.Directory.Logs), options.Console);
        builder.Services.AddFarmService();
        builder.Services.AddFarmOperations(options);
        builder.Services.AddFarmSecurity(settings.Security);
        builder.Services.AddFarmDiscovery(discovery);
        builder.Services.AddProtocols(options);
        builder.Services.AddFarmHealth();
        builder.Services.AddFarmMetrics();
        builder.Services.AddFarmDashboard();
        builder.Services.AddDashboardPorts();
        builder.Services.AddSingleton<ISettingsReference>(new SettingsReference(options.Modules));
        builder.Services.AddDocs(options.Modules.Select(module => module.GetType().Assembly));

        var app = builder.Build();
        // A store that cannot be opened ends the start, not the first request; and the clock of the grace for timeouts starts now.
        app.Services.GetRequiredService<FarmStore>();
        app.Services.GetRequiredService<FarmStatusQuery>();
        app.Services.GetRequiredService<Timeouts>();
        app.Services.GetRequiredService<TemplateFolder>().Open();
        app.Services.GetServices<IPeriodicDuty>();
        // Written before anyone could look for it: the first backup of a new farm needs it.
        app.Services.GetRequiredService<AdministratorToken>();
        app.Services.GetRequiredService<FarmGauges>();
        app.UseHttpMetrics();
        app.UseFarmSecurity();
        app.MapProtocols(options);
        app.MapDeviceDescription(discovery);
        app.MapHealth();
        app.MapMetrics();
        app.MapFarmDashboard();
        app.MapDocs();
        if (app.Services.GetRequiredService<SessionCookieSettings>().IsEnabled) SignInEndpoints.Map(app);
        return app;
    }
}
