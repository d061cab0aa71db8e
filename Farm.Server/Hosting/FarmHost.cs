using System.Net;
using Farm.Server.Contracts.Shared;
using Farm.Server.Docs;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.Discovery;
using Farm.Server.Hosting.Health;
using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Logging;
using Farm.Server.Hosting.PageKeys;
using Farm.Server.Hosting.Requests;
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
        var urls = options.ListenUrls;
        var certificate = CertificateOf(options, urls);
        var discovery = new DiscoverySettings { Autodiscoverable = settings.Autodiscoverable, Name = settings.ManagerName };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        // An appsettings.json in the current directory or an environment variable must not change the server.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls([.. urls]);
        builder.Logging.AddFarmLog(new LogSettings(options.Directory.Logs), options.Console);
        builder.Services.AddFarmService();
        builder.Services.AddFarmOperations(options);
        builder.Services.AddFarmSecurity(settings.Security);
        builder.Services.AddFarmDiscovery(discovery);
        builder.Services.AddProtocols(options);
        builder.Services.AddFarmHealth(hasSchedule: options.Database is null);
        if (certificate is not null) builder.AddFarmHttps(certificate);
        builder.Services.AddFarmMetrics();
        builder.Services.AddFarmDashboard();
        builder.Services.AddSharedPageKeys();
        builder.Services.AddRequestKeys();
        builder.Services.AddDashboardPorts();
        builder.Services.AddSingleton<ISettingsReference>(new SettingsReference(options.Modules));
        builder.Services.AddDocs(options.Modules.Select(module => module.GetType().Assembly));

        var app = builder.Build();
        options.Restart.Attach(app.Lifetime);
        // Created now, so that a store that cannot be opened fails the start, and silence counts for timeouts.
        if (app.Services.GetRequiredService<FarmStore>().IsShared) Check(app, () => app.Services.GetRequiredService<FilesIdentity>().CheckAsync().GetAwaiter().GetResult());
        if (certificate is not null) Check(app, () => OpenCertificate(app, certificate, options));
        else if (settings.Certificate.File.Length > 0) app.Logger.LogWarning("Setting certificate: not used, because no address to listen on begins with https://");
        app.Services.GetRequiredService<FarmStatusQuery>();
        app.Services.GetRequiredService<Timeouts>();
        app.Services.GetRequiredService<TemplateFolder>().Open();
        app.Services.GetServices<IPeriodicDuty>();
        app.Services.GetRequiredService<SetupCode>().PublishAsync().GetAwaiter().GetResult();
        // The first backup of a new farm needs the token file.
        app.Services.GetRequiredService<AdministratorToken>();
        app.Services.GetRequiredService<FarmGauges>();
        app.UseHttpMetrics();
        app.UseHstsWhereSafe(urls);
        app.UseFarmSecurity();
        app.UseFarmAccess();
        app.UseRequestKeys();
        app.MapProtocols(options);
        app.MapDeviceDescription(discovery).Allows(RouteAccess.Anyone);
        app.MapHealth(HealthResponse.MayLook);
        app.MapMetrics();
        app.MapFarmDashboard();
        app.MapGroup("").Allows(RouteAccess.Anyone).MapDocs();
        SignInEndpoints.Map(app);
        SetupEndpoints.Map(app);
        NewPasswordEndpoints.Map(app);
        return app;
    }

    /// <summary>The files of the certificate if the server listens with https; null if not. An administrator's certificate is checked before anything is opened.</summary>
    private static CertificateFiles? CertificateOf(FarmHostOptions options, IReadOnlyList<string> urls)
    {
        if (urls.FirstOrDefault(HttpsHosting.IsHttps) is not { } https) return null;
        var settings = options.Settings.Certificate;
        if (settings.File.Length == 0) throw new SettingException(options.Urls is null ? "listen" : "--urls", https, ListenUrls.NoCertificate);
        var files = new CertificateFiles(settings, options.Directory);
        if (!settings.IsSelfSigned) files.Read(options.Time.GetUtcNow());
        return files;
    }

    private static void OpenCertificate(WebApplication app, CertificateFiles files, FarmHostOptions options)
    {
        var names = HostNames.OfMachine(Dns.GetHostName()).Concat(options.Settings.Security.Hosts.Where(host => host != "*"));
        var addresses = ManagerUrls.OfThisMachine().Where(address => !address.IsIPv6LinkLocal).Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback);
        files.MakeCertificate([.. names.Append("localhost").Distinct(StringComparer.OrdinalIgnoreCase)], addresses.Distinct(), options.Time.GetUtcNow());
        app.Services.GetRequiredService<CurrentCertificate>();
    }

    /// <summary>A server that must not go on lets go of the database.</summary>
    private static void Check(WebApplication app, Action check)
    {
        try
        {
            check();
        }
        catch
        {
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }
}
