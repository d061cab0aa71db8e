using System.Net.Sockets;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Https;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;
using Farm.Server.Store.Engine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Farm.Server.CommandLine;

/// <summary>A server in this process.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningServer(WebApplication app) => _app = app;

    /// <summary>The environment variable with the address of a PostgreSQL database, which overrides the setting <c>database</c>.</summary>
    public const string DatabaseVariable = "FARM_DATABASE";

    /// <summary>The value of <see cref="DatabaseVariable"/>; null if it is not set.</summary>
    public static string? DatabaseOfEnvironment => Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } address ? address : null;

    /// <summary>The environment variable with the directory of shared files, which overrides the setting <c>shared_files</c>.</summary>
    public const string SharedFilesVariable = "FARM_SHARED_FILES";

    /// <summary>The value of <see cref="SharedFilesVariable"/>; null if it is not set.</summary>
    /// <exception cref="SettingException">It is not an absolute path.</exception>
    public static string? SharedFilesOfEnvironment =>
        Environment.GetEnvironmentVariable(SharedFilesVariable) is { Length: > 0 } directory ? SettingsSource.Absolute(SharedFilesVariable, directory) : null;

    /// <summary>Its URL for this machine; one without https, if there is one.</summary>
    public Uri Address => Addresses[0];

    /// <summary>The fingerprint of the certificate at <see cref="Address"/>; null without https.</summary>
    public string? CertificateFingerprint =>
        Address.Scheme == Uri.UriSchemeHttps ? _app.Services.GetRequiredService<CurrentCertificate>().Value.Fingerprint : null;

    /// <summary>Its log.</summary>
    public ILoggerFactory Loggers => _app.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Canceled when the server is asked to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    private IReadOnlyList<Uri> Addresses =>
    [
        .. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.OrderBy(HttpsHosting.IsHttps).Select(OnThisMachine),
    ];

    /// <summary>The URL at which this machine reaches a server that listens on <paramref name="url"/>.</summary>
    /// <exception cref="UriFormatException">It is not a URL.</exception>
    public static Uri OnThisMachine(string url) => new(url.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1"));

    /// <summary>Starts a server and returns when it listens.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="config">The settings file; null for the one in the data directory.</param>
    /// <param name="urls">URLs to listen on; null for the setting <c>listen</c>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="restart">Starts it again when it asks for that; null if nothing does.</param>
    public static async Task<RunningServer> StartAsync(
        DataDirectory directory, string? config, string? urls, CancellationToken cancellationToken, ServerRestart? restart = null)
    {
        ProcessUmask.Restrict();
        var restored = RestorePending(directory, config);
        var source = SettingsFile.Find(config, directory);
        var settings = source.Read();
        var app = FarmHost.Build(new FarmHostOptions(new DataDirectory(directory.Root, source.SharedFiles))
        {
            Settings = settings,
            SettingsPath = source.Path,
            Urls = urls,
            Database = DatabaseOfEnvironment ?? settings.PostgresAddress,
            Restart = restart ?? new ServerRestart(isAvailable: false),
            Restored = restored,
        });
        var server = new RunningServer(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception unusable) when (unusable is IOException or FormatException or SocketException)
        {
            await app.DisposeAsync();
            throw new CommandFailedException($"cannot listen: {unusable.Message}", unusable);
        }

        var log = server.Loggers.CreateLogger<RunningServer>();
        if (restored is { Problem: { } problem }) log.LogError("Backup {Backup} was not restored, and nothing was changed: {Problem}", restored.Backup, problem);
        else if (restored is not null) log.LogWarning("Restored backup {Backup}; what it replaced is in {Kept}", restored.Backup, restored.Kept);
        log.LogInformation("The farm in {Directory} answers at {Address}", directory.Root, server.Address);
        foreach (var other in server.Addresses.Skip(1)) log.LogInformation("It also answers at {Address}", other);
        return server;
    }

    /// <summary>Restores the backup that waits for a start, if there is one. A farm in PostgreSQL has none.</summary>
    /// <exception cref="StoreException">It was begun and cannot be finished; then the farm must not start.</exception>
    private static RestoreOutcome? RestorePending(DataDirectory directory, string? config)
    {
        if (DatabaseOfEnvironment is not null || PendingRestore.Find(directory) is not { } pending) return null;
        var source = SettingsFile.Find(config, directory);
        if (source.Read().PostgresAddress is not null) return null;
        using var held = DirectoryLock.Acquire(directory);
        try
        {
            return new RestoreOutcome(pending.Name, RestoreCommand.Run(directory, source, pending), null);
        }
        catch (StoreException failure) when (PendingRestore.Find(directory) is null)
        {
            return new RestoreOutcome(pending.Name, null, failure.Message);
        }
    }

    /// <summary>Waits until the server is asked to stop, and stops it.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken) => await _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
