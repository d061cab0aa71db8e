using Farm.Server.Operations.Configuration;
using Farm.Server.Yaml;

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

    private static YamlMap? Load(string path)
    {
        using var reader = new StreamReader(Open(path));
        try
        {
            return YamlReader.Read(reader) switch
            {
                null => null,
                YamlMap map => map,
                _ => throw new SettingException("--config", path, "must be a list of keys and values"),
            };
        }
        catch (InvalidYamlException broken)
        {
            throw new SettingException(
                "--config", path, broken.IsMalformed ? $"is not valid YAML in line {broken.Line}: {broken.Message}" : $"cannot be read in line {broken.Line}: {broken.Message}");
        }
    }

    private static void FindLines(YamlMap map, string above, Dictionary<string, int> lines)
    {
        foreach (var (name, child) in map.Entries)
        {
            var key = above.Length == 0 ? name.Text : ConfigurationPath.Combine(above, name.Text);
            lines[key] = name.Line;
            if (child is YamlMap below) FindLines(below, key, lines);
        }
    }

    private static void Flatten(YamlNode node, string key, Dictionary<string, string?> values)
    {
        switch (node)
        {
            case YamlScalar scalar:
                values[key] = scalar.Text;
                break;
            case YamlList { Items.Count: 0 } or YamlMap { Entries.Count: 0 }:
                values[key] = "";
                break;
            case YamlList list:
                for (var i = 0; i < list.Items.Count; i++) Flatten(list.Items[i], ConfigurationPath.Combine(key, i.ToString()), values);
                break;
            case YamlMap map:
                foreach (var (name, child) in map.Entries) Flatten(child, key.Length == 0 ? name.Text : ConfigurationPath.Combine(key, name.Text), values);
                break;
        }
    }
}
