using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>How the farm is set up (Contracts/Flamenco/Contract.md section 6.1). The protocol breaks its naming rule here.</summary>
internal sealed record ConfigurationMessage(
    [property: JsonPropertyName("storageLocation")] string StorageLocation,
    [property: JsonPropertyName("shamanEnabled")] bool ShamanEnabled,
    [property: JsonPropertyName("isFirstRun")] bool IsFirstRun);

/// <summary>A variable for somebody on a platform.</summary>
internal sealed record VariableMessage(string Value, bool IsTwoway);

/// <summary>Where the files of jobs are for somebody on a platform.</summary>
internal sealed record SharedStorageMessage(
    string Location, string Audience, string Platform, [property: JsonPropertyName("shamanEnabled")] bool ShamanEnabled);

/// <summary>Whether a path can be the shared storage.</summary>
internal sealed record PathCheckMessage(string Path, bool IsUsable, string Cause);

/// <summary>Whether a Blender can be used.</summary>
internal sealed record BlenderCheckMessage(string Input, string Path, string Source, bool IsUsable, string Cause);
