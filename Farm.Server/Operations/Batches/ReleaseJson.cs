using System.Text.Json.Serialization;

namespace Farm.Server.Operations.Batches;

/// <summary>What workers are told of released seeds (contracts/aspire.md section 5.4).</summary>
/// <param name="Id">The seeds.</param>
internal sealed record ReleasedSeeds(IReadOnlyList<string> Id);

/// <summary>The form in which <see cref="ReleasedSeeds"/> is sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReleasedSeeds))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
