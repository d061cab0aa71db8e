using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Farm;

/// <summary>A backup that was written.</summary>
/// <param name="File">Its path on the server's machine.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record BackupMessage(string File, long Bytes);

/// <summary>A refusal.</summary>
/// <param name="Error">One plain sentence.</param>
internal sealed record ErrorMessage(string Error);

/// <summary>The wire form of this contract: camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(InstalledWorkflowMessage))]
[JsonSerializable(typeof(InstalledWorkflowsMessage))]
internal sealed partial class FarmJson : JsonSerializerContext;
