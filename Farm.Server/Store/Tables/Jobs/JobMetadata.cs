using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>The metadata of jobs as it is stored: a JSON object of texts.</summary>
internal static class JobMetadata
{
    /// <summary>The text to store.</summary>
    public static string Write(IReadOnlyDictionary<string, string> metadata) =>
        new JsonObject(metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))).ToJsonString();

    /// <summary>Reads metadata back.</summary>
    public static Dictionary<string, string> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text)!;
}
