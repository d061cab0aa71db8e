using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Backups;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>The options of a server.</summary>
/// <param name="Directory">The data directory.</param>
internal sealed record FarmHostOptions(DataDirectory Directory)
{
    /// <summary>The settings.</summary>
    public FarmSettings Settings { get; init; } = new();

    /// <summary>The address of a PostgreSQL database; null for SQLite in the data directory.</summary>
    public string? Database { get; init; }

    /// <summary>All protocols.</summary>
    public IReadOnlyList<IProtocolModule> Modules { get; init; } = ProtocolModules.All;

    /// <summary>The settings file.</summary>
    public string SettingsPath { get; init; } = Path.Combine(Directory.Root, "farm.yaml");

    /// <summary>URLs to listen on; null for the setting <c>listen</c>.</summary>
    public string? Urls { get; init; }

    /// <summary>Restarts the server; by default nothing does.</summary>
    public ServerRestart Restart { get; init; } = new(isAvailable: false);

    /// <summary>What was restored before this start; null for nothing.</summary>
    public RestoreOutcome? Restored { get; init; }

    /// <summary>The URLs that the server listens on.</summary>
    /// <exception cref="Operations.Configuration.SettingException">One is not a URL to listen on.</exception>
    public IReadOnlyList<string> ListenUrls => Urls is null ? Configuration.ListenUrls.Of(Settings.Listen) : Configuration.ListenUrls.OfOption(Urls);

    /// <summary>The clock of the farm.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log lines are printed, besides the log files.</summary>
    public TextWriter Console { get; init; } = System.Console.Out;
}
