using Farm.Server.Hosting;
using Farm.Server.Store.Engine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Farm.Server.CommandLine;

/// <summary>A server that runs in this process.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningServer(WebApplication app) => _app = app;

    /// <summary>Where this machine reaches it.</summary>
    public Uri Address => OnThisMachine(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Its log.</summary>
    public ILoggerFactory Loggers => _app.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>Canceled when the server is asked to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Where this machine reaches what listens there.</summary>
    /// <exception cref="UriFormatException">It is no address.</exception>
    public static Uri OnThisMachine(string url) => new(url.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1"));

    /// <summary>Starts a server; answers when it listens.</summary>
    /// <param name="directory">Where everything of the farm is.</param>
    /// <param name="config">The file with the settings; null for the one in the directory.</param>
    /// <param name="urls">Where to listen; null for where the settings say.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<RunningServer> StartAsync(DataDirectory directory, string? config, string? urls, CancellationToken cancellationToken)
    {
        var source = SettingsFile.Find(config, directory);
        var app = FarmHost.Build(new FarmHostOptions(directory) { Settings = source.Read(), SettingsPath = source.Path, Urls = urls });
        var server = new RunningServer(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception unusable) when (unusable is IOException or FormatException)
        {
            await app.DisposeAsync();
            throw new CommandFailedException($"the server cannot listen: {unusable.Message}", unusable);
        }

        server.Loggers.CreateLogger<RunningServer>().LogInformation("The farm in {Directory} answers at {Address}", directory.Root, server.Address);
        return server;
    }

    /// <summary>Waits until the server is asked to stop, and stops it.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken) => await _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops it in an orderly way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
