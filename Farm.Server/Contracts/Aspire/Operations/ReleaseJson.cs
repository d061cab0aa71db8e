using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What workers are told of released seeds (Contracts/Aspire/Contract.md section 5.4).</summary>
/// <param name="Id">The seeds.</param>
internal sealed record ReleasedSeeds(IReadOnlyList<string> Id);

/// <summary>The form in which <see cref="ReleasedSeeds"/> is sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReleasedSeeds))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
