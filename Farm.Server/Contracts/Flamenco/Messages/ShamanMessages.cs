using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>A file that must be uploaded (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed record ShamanRequiredFile(string Sha, long Size, string Path, string Status);

/// <summary>The files that must be uploaded.</summary>
internal sealed record ShamanRequirementsMessage(IReadOnlyList<ShamanRequiredFile> Files);

/// <summary>The path of a checkout. This name is not snake_case.</summary>
internal sealed record ShamanCheckoutMessage([property: JsonPropertyName("checkoutPath")] string Path);

/// <summary>Whether the farm has a file.</summary>
internal sealed record ShamanStatusMessage(string Status);
