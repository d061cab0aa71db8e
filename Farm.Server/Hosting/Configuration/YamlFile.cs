using Farm.Server.Operations.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads a YAML file as flat configuration keys such as <c>variables:blender:is_twoway</c>.</summary>
internal static class YamlFile
{
    /// <summary>All values of the file by key.</summary>
    /// <exception cref="SettingException">The file is not valid YAML, or not a mapping.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<string, string?> Read(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (Load(path) is { } root) Flatten(root, "", values);
        return values;
    }

    /// <summary>The line of each key and section.</summary>
    /// <exception cref="SettingException">As for <see cref="Read"/>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<string, int> Lines(string path)
    {
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        if (Load(path) is { } root) FindLines(root, "", lines);
        return lines;
    }

    /// <summary>Opens a file without keeping others from replacing it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static YamlMappingNode? Load(string path)
    {
        using var reader = new StreamReader(Open(path));
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException broken)
        {
            throw new SettingException("--config", path, $"is not valid YAML in line {broken.Start.Line}: {broken.Message}");
        }

        if (stream.Documents.Count == 0) return null;
        if (stream.Documents.Count > 1)
            throw new SettingException("--config", path, "has more than one document; remove what follows \"...\" or the second \"---\"");
        return stream.Documents[0].RootNode as YamlMappingNode ?? throw new SettingException("--config", path, "must be a list of keys and values");
    }

    private static void FindLines(YamlMappingNode map, string above, Dictionary<string, int> lines)
    {
        foreach (var (name, child) in map.Children)
        {
            var text = ((YamlScalarNode)name).Value ?? "";
            var key = above.Length == 0 ? text : ConfigurationPath.Combine(above, text);
            lines[key] = (int)name.Start.Line;
            if (child is YamlMappingNode below) FindLines(below, key, lines);
        }
    }

    private static void Flatten(YamlNode node, string key, Dictionary<string, string?> values)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                values[key] = scalar.Value;
                break;
            case YamlSequenceNode { Children.Count: 0 } or YamlMappingNode { Children.Count: 0 }:
                values[key] = "";
                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++) Flatten(list.Children[i], ConfigurationPath.Combine(key, i.ToString()), values);
                break;
            case YamlMappingNode map:
                foreach (var (name, child) in map.Children)
                {
                    var text = ((YamlScalarNode)name).Value ?? "";
                    Flatten(child, key.Length == 0 ? text : ConfigurationPath.Combine(key, text), values);
                }

                break;
        }
    }
}
