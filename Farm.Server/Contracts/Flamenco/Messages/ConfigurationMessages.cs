using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>The configuration in brief (Contracts/Flamenco/Contract.md section 6.1). These names are not snake_case.</summary>
internal sealed record ConfigurationMessage(
    [property: JsonPropertyName("storageLocation")] string StorageLocation,
    [property: JsonPropertyName("shamanEnabled")] bool ShamanEnabled,
    [property: JsonPropertyName("isFirstRun")] bool IsFirstRun);

/// <summary>The value of a variable for an audience and platform.</summary>
internal sealed record VariableMessage(string Value, bool IsTwoway);

/// <summary>The path of the shared storage for an audience and platform.</summary>
internal sealed record SharedStorageMessage(
    string Location, string Audience, string Platform, [property: JsonPropertyName("shamanEnabled")] bool ShamanEnabled);

/// <summary>Whether a path can be used as the shared storage.</summary>
internal sealed record PathCheckMessage(string Path, bool IsUsable, string Cause);

/// <summary>Whether a Blender can be used.</summary>
internal sealed record BlenderCheckMessage(string Input, string Path, string Source, bool IsUsable, string Cause);
