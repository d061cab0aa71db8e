namespace Farm.Server.Operations.Configuration;

/// <summary>Reads single values, and says plainly which one cannot be used.</summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    /// <summary>A text.</summary>
    public string Text(string key, string otherwise) => configuration[key]?.Trim() ?? otherwise;

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string key, bool otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new SettingException(key, text, "must be true or false"),
    };

    /// <summary>A whole number of at least 1.</summary>
    public int Count(string key, int otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when int.TryParse(text, out var value) && value > 0 => value,
        var text => throw new SettingException(key, text, "must be a whole number greater than 0"),
    };

    /// <summary>A whole number of at least 1 that may be large.</summary>
    public long LargeCount(string key, long otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when long.TryParse(text, out var value) && value > 0 => value,
        var text => throw new SettingException(key, text, "must be a whole number greater than 0"),
    };

    /// <summary>A duration such as <c>10m0s</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when GoDuration.TryParse(text, out var value) => value,
        var text => throw new SettingException(key, text, "must be a duration like 10m0s or 1h30m"),
    };

    /// <summary>Refuses a section that is no map, or has a key that is not known.</summary>
    /// <exception cref="SettingException">It names the key and those that there are.</exception>
    public static void CheckKeys(IConfigurationSection section, string[] keys)
    {
        if (!string.IsNullOrEmpty(section.Value))
            throw new SettingException(section.Path, section.Value, $"must hold keys and values: {string.Join(", ", keys)}");
        foreach (var setting in section.GetChildren())
        {
            if (!keys.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingException(setting.Path, null, $"Unknown setting; expected one of {string.Join(", ", keys)}");
        }
    }
}
