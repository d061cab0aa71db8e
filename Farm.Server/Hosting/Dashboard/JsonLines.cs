using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Jobs;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Writes settings and commands, which are JSON, as lines for people.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entries of a JSON object in their order.</summary>
    public static IReadOnlyList<NamedValue> Entries(string json) =>
        [.. JsonNode.Parse(json)!.AsObject().Select(entry => new NamedValue(entry.Key, Text(entry.Value)))];

    /// <summary>The name of a command and its parameters.</summary>
    public static string Line(CommandDraft command) =>
        string.Join(' ', [command.Name, .. command.Parameters.Select(parameter => $"{parameter.Key}={Json(parameter.Value)}")]);

    private static string Text(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : Json(value);

    private static string Json(JsonNode? value) => value?.ToJsonString(Readable) ?? "null";
}
