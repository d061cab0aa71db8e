using Farm.Server.Operations.Backups;

namespace Farm.Server.Hosting;

/// <summary>Stops the server for whoever started it to start it again.</summary>
/// <param name="isAvailable">Whether they do.</param>
internal sealed class ServerRestart(bool isAvailable) : IServerRestart
{
    private IHostApplicationLifetime? _server;

    /// <inheritdoc/>
    public bool IsAvailable => isAvailable;

    /// <summary>Whether the server stopped in order to be started again.</summary>
    public bool IsRequested { get; private set; }

    /// <summary>Names the server that is stopped.</summary>
    public void Attach(IHostApplicationLifetime server) => _server = server;

    /// <inheritdoc/>
    public void Request()
    {
        if (!isAvailable) throw new InvalidOperationException("nothing starts this server again");
        IsRequested = true;
        _server?.StopApplication();
    }
}
