using System.Text.Json.Nodes;
using Farm.Server.Domain;

namespace Farm.Server.Operations.Configuration;

/// <summary>What the studio set, as those see it who look at it and change it from outside (Contracts/Flamenco/Contract.md sections 6.1 and 9).</summary>
internal interface IFarmConfiguration
{
    /// <summary>What the farm calls itself.</summary>
    string ManagerName { get; }

    /// <summary>The version that clients are told who only work with a manager of their own version.</summary>
    string AdvertisedVersion { get; }

    /// <summary>The storage that the farm and its workers share.</summary>
    string SharedStoragePath { get; }

    /// <summary>Whether files can be uploaded through Shaman.</summary>
    bool ShamanEnabled { get; }

    /// <summary>Whether nobody has yet said where the shared storage is.</summary>
    bool IsFirstRun { get; }

    /// <summary>Every setting by its key, durations as texts like <c>10m0s</c>. The caller may change the object.</summary>
    JsonObject Read();

    /// <summary>Replaces all settings: writes them to their file, whole or not at all, and applies what can be applied while the farm runs.</summary>
    /// <exception cref="FarmException">A key is unknown or a value cannot be used, or the file cannot be written; nothing was changed.</exception>
    void Replace(JsonObject settings);
}
