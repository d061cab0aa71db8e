namespace Farm.Server.Hosting.Configuration;

/// <summary>Whether a protocol is spoken, and where (DESIGN section 4).</summary>
/// <param name="IsEnabled">Whether it is spoken at all.</param>
/// <param name="Prefix">What its paths begin with, such as <c>/render</c>; empty for the protocol's own paths.</param>
internal sealed record ContractSettings(bool IsEnabled = true, string Prefix = "")
{
    private static readonly string[] Names = ["flamenco", "farm"];

    /// <summary>Reads <c>contracts: {flamenco: {enabled, prefix}, …}</c>; what is absent is spoken under its own paths.</summary>
    /// <exception cref="SettingException">A protocol or a key is unknown, or a value cannot be used.</exception>
    public static IReadOnlyDictionary<string, ContractSettings> Read(IConfigurationSection contracts)
    {
        foreach (var section in contracts.GetChildren())
        {
            if (!Names.Contains(section.Key)) throw new SettingException(section.Path, section.Value, $"is no protocol; there are: {string.Join(", ", Names)}");
            foreach (var setting in section.GetChildren())
            {
                if (setting.Key is not ("enabled" or "prefix")) throw new SettingException(setting.Path, setting.Value, "is not a setting; there are: enabled, prefix");
            }
        }

        return Names.ToDictionary(name => name, name => Read(name, contracts.GetSection(name)));
    }

    private static ContractSettings Read(string name, IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var prefix = read.Text("prefix", "").TrimEnd('/');
        if (prefix.Length > 0 && !prefix.StartsWith('/')) throw new SettingException($"contracts:{name}:prefix", prefix, "must begin with a slash");
        return new ContractSettings(read.Flag("enabled", true), prefix);
    }
}
