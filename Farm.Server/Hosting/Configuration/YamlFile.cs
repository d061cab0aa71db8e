using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Reads a YAML file as the flat keys that the framework's configuration uses, such as <c>variables:blender:is_twoway</c>.</summary>
internal static class YamlFile
{
    /// <summary>All values of the file by key.</summary>
    /// <exception cref="SettingException">The file is not YAML, or is not a list of keys and values.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dictionary<string, string?> Read(string path)
    {
        using var reader = new StreamReader(path);
        var stream = new YamlStream();
        try
        {
            stream.Load(reader);
        }
        catch (YamlException broken)
        {
            throw new SettingException("--config", path, $"is not valid YAML in line {broken.Start.Line}: {broken.Message}");
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (stream.Documents.Count == 0) return values;
        if (stream.Documents[0].RootNode is not YamlMappingNode root)
            throw new SettingException("--config", path, "must be a list of keys and values");
        Flatten(root, "", values);
        return values;
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
