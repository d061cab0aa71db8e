using System.Text.Json.Nodes;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;

namespace Farm.Server.Contracts.Shared;

/// <summary>Every setting of the farm as one JSON object, keys as in the file (Contracts/Flamenco/Contract.md section 9).</summary>
internal interface ISettingsDocument
{
    /// <summary>Every setting by its key, durations as texts like <c>10m0s</c>. The caller may change the object.</summary>
    /// <exception cref="FarmException">The caller may not.</exception>
    JsonObject Read(Caller caller);

    /// <summary>Replaces all settings: writes them to their file, whole or not at all, and applies what can be applied while the farm runs.</summary>
    /// <exception cref="FarmException">The caller may not, a key is unknown or a value cannot be used, or the file cannot be written; nothing was changed.</exception>
    Task ReplaceAsync(Caller caller, JsonObject settings);
}
