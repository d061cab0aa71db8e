namespace Farm.Server.Operations.Configuration;

/// <summary>A setting cannot be used. The message names the key and the value and says what would do.</summary>
/// <param name="key">The key, with colons between the sections.</param>
/// <param name="value">What was set; null where it is a section, or must not be shown.</param>
/// <param name="problem">What is wrong with it, as the rest of a sentence that begins with the value.</param>
internal sealed class SettingException(string key, string? value, string problem)
    : Exception(value is null ? $"setting {key}: {problem}" : $"setting {key}: \"{value}\" {problem}")
{
    /// <summary>The key, with colons between the sections.</summary>
    public string Key { get; } = key;
}
