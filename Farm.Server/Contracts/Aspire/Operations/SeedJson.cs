using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>The job settings of a seed, in display order.</summary>
internal sealed record SeedSettings(string Seed, string Type, string Connector, string Tags, int BatchSize);

/// <summary>JSON of <see cref="SeedSettings"/>, named like other job settings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeedSettings))]
internal sealed partial class SeedJson : JsonSerializerContext;
