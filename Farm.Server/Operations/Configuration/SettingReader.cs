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
        var text => throw new SettingException(configuration.GetSection(key).Path, text, "must be true or false"),
    };

    /// <summary>A duration such as <c>10m0s</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when GoDuration.TryParse(text, out var value) => value,
        var text => throw new SettingException(configuration.GetSection(key).Path, text, "must be a duration like 10m0s or 1h30m"),
    };
}
