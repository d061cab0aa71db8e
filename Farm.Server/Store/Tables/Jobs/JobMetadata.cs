using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Converts job metadata to and from its stored form, a JSON object of strings.</summary>
internal static class JobMetadata
{
    /// <summary>The JSON text.</summary>
    public static string Write(IReadOnlyDictionary<string, string> metadata) =>
        new JsonObject(metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))).ToJsonString();

    /// <summary>Parses the JSON text.</summary>
    public static Dictionary<string, string> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
}
