using Farm.Server.Contracts;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Store.Engine;

namespace Farm.Server.Hosting;

/// <summary>What a server needs to know before it starts.</summary>
/// <param name="Directory">Where everything of the farm is.</param>
internal sealed record FarmHostOptions(DataDirectory Directory)
{
    /// <summary>What the studio set.</summary>
    public FarmSettings Settings { get; init; } = new();

    /// <summary>The protocols that there are.</summary>
    public IReadOnlyList<IProtocolModule> Modules { get; init; } = ProtocolModules.All;

    /// <summary>The file that the settings come from, and are written to.</summary>
    public string SettingsPath { get; init; } = Path.Combine(Directory.Root, "farm.yaml");

    /// <summary>Where to listen; null for where the settings say.</summary>
    public string? Urls { get; init; }

    /// <summary>The clock of the farm.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log lines are shown; they are in the log files all the same.</summary>
    public TextWriter Console { get; init; } = System.Console.Out;
}
