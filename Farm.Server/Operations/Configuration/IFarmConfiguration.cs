using System.Text.Json.Nodes;
using Farm.Server.Domain;

namespace Farm.Server.Operations.Configuration;

/// <summary>Reads and replaces the settings through the API (Contracts/Flamenco/Contract.md sections 6.1 and 9).</summary>
internal interface IFarmConfiguration
{
    /// <summary>The farm's name.</summary>
    string ManagerName { get; }

    /// <summary>The version for clients that only work with a manager of their own version.</summary>
    string AdvertisedVersion { get; }

    /// <summary>The storage that the farm and its workers share.</summary>
    string SharedStoragePath { get; }

    /// <summary>Whether files can be uploaded through Shaman.</summary>
    bool ShamanEnabled { get; }

    /// <summary>Whether the shared storage has not been set yet.</summary>
    bool IsFirstRun { get; }

    /// <summary>A new object with every setting, durations as texts like <c>10m0s</c>.</summary>
    JsonObject Read();

    /// <summary>Replaces all settings: writes the file atomically and applies the keys that apply at once.</summary>
    /// <exception cref="FarmException">A key is unknown, a value is invalid, or the file cannot be written; nothing changed.</exception>
    void Replace(JsonObject settings);
}
