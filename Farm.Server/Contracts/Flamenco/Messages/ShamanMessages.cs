using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>A file that has to be sent (Contracts/Flamenco/Contract.md section 6.5).</summary>
internal sealed record ShamanRequiredFile(string Sha, long Size, string Path, string Status);

/// <summary>The files that have to be sent.</summary>
internal sealed record ShamanRequirementsMessage(IReadOnlyList<ShamanRequiredFile> Files);

/// <summary>Where a checkout is. The protocol breaks its naming rule here.</summary>
internal sealed record ShamanCheckoutMessage([property: JsonPropertyName("checkoutPath")] string Path);

/// <summary>What the farm has of a file.</summary>
internal sealed record ShamanStatusMessage(string Status);
