using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.JobTypes;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Formats JSON settings for pages.</summary>
internal static class JsonLines
{
    /// <summary>The entries of a JSON object in their order.</summary>
    public static IReadOnlyList<NamedValue> Entries(string json) =>
        [.. JsonNode.Parse(json)!.AsObject().Select(entry => new NamedValue(entry.Key, Text(entry.Value)))];

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : CommandLines.Json(value);
}
