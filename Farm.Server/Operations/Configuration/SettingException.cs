namespace Farm.Server.Operations.Configuration;

/// <summary>A setting cannot be used. The message names the key and the value and says what would do.</summary>
/// <param name="key">The key, with colons between the sections.</param>
/// <param name="value">What was set; null where it is a section, or must not be shown.</param>
/// <param name="problem">What is wrong with it, as the rest of a sentence that begins with the value.</param>
internal sealed class SettingException(string key, string? value, string problem) : Exception(Sentence(key, value, problem))
{
    private string? _place;

    /// <summary>The sentence; it begins with the file and the line once they are known.</summary>
    public override string Message => _place is null ? base.Message : $"{_place}: {base.Message}";

    /// <summary>The key, with colons between the sections.</summary>
    public string Key { get; } = key;

    /// <summary>Adds where the key stands.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">The lines of its keys. An item of a list stands where the list does.</param>
    public void Locate(string file, IReadOnlyDictionary<string, int> lines)
    {
        for (var key = Key; key is not null; key = ConfigurationPath.GetParentPath(key))
        {
            if (!lines.TryGetValue(key, out var line)) continue;
            _place = $"{file}:{line}";
            return;
        }
    }

    private static string Sentence(string key, string? value, string problem) =>
        value is null ? $"setting {key}: {problem}" : $"setting {key}: \"{value}\" {problem}";
}
