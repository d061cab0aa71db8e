using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Writes settings as a YAML file.</summary>
internal static class SettingsWriter
{
    /// <summary>Replaces the file, whole or not at all.</summary>
    /// <exception cref="IOException">The disk refuses; the file is what it was before.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public static void Write(string path, JsonObject settings)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true) { NewLine = "\n" })
            {
                if (settings.Count > 0) new YamlStream(new YamlDocument(Node(settings))).Save(writer, assignAnchors: false);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static YamlNode Node(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMappingNode(map.Select(entry => KeyValuePair.Create((YamlNode)Text(entry.Key), Node(entry.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(Node)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node?.ToJsonString() ?? ""),
    };

    /// <summary>Quoted, unless it is a plain word: <c>on</c>, <c>1.10</c> and the like must stay texts whoever reads the file.</summary>
    private static YamlScalarNode Text(string text) =>
        new(text) { Style = text.Contains('_') && text.All(c => char.IsAsciiLetter(c) || c == '_') ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted };
}
