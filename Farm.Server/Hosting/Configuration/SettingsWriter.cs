using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Writes settings as a YAML file.</summary>
internal static class SettingsWriter
{
    /// <summary>Replaces the file atomically. Of several at once, the last remains.</summary>
    /// <returns>The text of the file.</returns>
    /// <exception cref="IOException">Writing failed; the file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public static string Write(string path, JsonObject settings)
    {
        var text = settings.Count > 0 ? Yaml(settings) : "";
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            // A settings file outside of the data directory stays readable for those who could read it.
            if (!OperatingSystem.IsWindows() && File.Exists(path)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return text;
    }

    /// <summary>Without the end marker of the document, below which added lines would be a second document.</summary>
    private static string Yaml(JsonObject settings)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(Node(settings))).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static YamlNode Node(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMappingNode(map.Select(entry => KeyValuePair.Create((YamlNode)new YamlScalarNode(entry.Key), Node(entry.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(Node)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node?.ToJsonString() ?? ""),
    };

    /// <summary>Quoted, so that <c>on</c> or <c>1.10</c> stay texts in every YAML parser.</summary>
    private static YamlScalarNode Text(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
