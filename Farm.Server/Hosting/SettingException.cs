namespace Farm.Server.Hosting;

/// <summary>A setting cannot be used. The message names the key and the value and says what would do.</summary>
internal sealed class SettingException(string key, string? value, string problem)
    : Exception($"setting {key}: \"{value}\" {problem}")
{
    public string Key { get; } = key;
}
