using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What people see of a seed among the settings of its job, in the order to show it in.</summary>
internal sealed record SeedSettings(string Seed, string Type, string Connector, string Tags, int BatchSize);

/// <summary>The form in which <see cref="SeedSettings"/> is stored: names as those of other settings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SeedSettings))]
internal sealed partial class SeedJson : JsonSerializerContext;
