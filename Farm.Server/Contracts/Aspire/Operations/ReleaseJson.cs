using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>The notification of released seeds (Contracts/Aspire/Contract.md section 5.4).</summary>
/// <param name="Id">The seeds.</param>
internal sealed record ReleasedSeeds(IReadOnlyList<string> Id);

/// <summary>JSON of <see cref="ReleasedSeeds"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReleasedSeeds))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
