using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using Tree = YamlDotNet.RepresentationModel.YamlNode;

namespace Farm.Server.Yaml;

/// <summary>Writes JSON as YAML.</summary>
internal static class YamlWriter
{
    /// <summary>The text, without the end marker of the document, below which added lines would be a second document.</summary>
    public static string Write(JsonObject settings)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(Node(settings))).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static Tree Node(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMappingNode(
            map.Select(entry => KeyValuePair.Create((Tree)new YamlScalarNode(entry.Key), Node(entry.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(Node)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node?.ToJsonString() ?? ""),
    };

    /// <summary>Quoted, so that <c>on</c> or <c>1.10</c> stay texts in every YAML parser.</summary>
    private static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
