namespace Farm.Server.Operations.Configuration;

/// <summary>A setting is invalid. The message names the key and the value and says what is expected.</summary>
/// <param name="key">The key, with colons between the sections.</param>
/// <param name="value">The value; null for a section or a secret.</param>
/// <param name="problem">What is wrong, as a sentence that continues after the value.</param>
internal sealed class SettingException(string key, string? value, string problem) : Exception(Sentence(key, value, problem))
{
    private string? _location;

    /// <summary>The message, with file and line once they are known.</summary>
    public override string Message => _location is null ? base.Message : $"{_location}: {base.Message}";

    /// <summary>The key, with colons between the sections.</summary>
    public string Key { get; } = key;

    /// <summary>Adds the file and the line of the key.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">The line of each key. An item of a list has the line of its list.</param>
    public void Locate(string file, IReadOnlyDictionary<string, int> lines)
    {
        for (var key = Key; key is not null; key = ConfigurationPath.GetParentPath(key))
        {
            if (!lines.TryGetValue(key, out var line)) continue;
            _location = $"{file}:{line}";
            return;
        }
    }

    private static string Sentence(string key, string? value, string problem) =>
        value is null ? $"setting {key}: {problem}" : $"setting {key}: \"{value}\" {problem}";
}
