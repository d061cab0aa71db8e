namespace Farm.Server.Operations.Backups;

/// <summary>Restarts the server of this process.</summary>
internal interface IServerRestart
{
    /// <summary>Whether a server that stops is started again.</summary>
    bool IsAvailable { get; }

    /// <summary>Stops the server, and starts it again. Requests under way are answered first.</summary>
    void Request();
}
