using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Shared;

/// <summary>Whether a protocol is spoken, and where (Docs/design.md section 4).</summary>
/// <param name="IsEnabled">Whether it is spoken at all.</param>
/// <param name="Prefix">What its paths begin with, such as <c>/render</c>; empty for the protocol's own paths.</param>
internal sealed record ContractSettings(bool IsEnabled = true, string Prefix = "")
{
    private static readonly SettingKey[] Keys =
    [
        new("enabled", "Whether this protocol is served."),
        new("prefix", "A path in front of all routes of this protocol, such as `/render`."),
    ];

    /// <summary>The protocol's own settings, of the type that its module reads; null for its defaults.</summary>
    public object? Own { get; init; }

    /// <summary>All keys that a protocol has below <c>contracts: NAME:</c>, with their meanings.</summary>
    public static IReadOnlyList<SettingKey> KeysOf(IProtocolModule module) => [.. Keys, .. module.Settings?.Keys ?? []];

    /// <summary>Reads <c>contracts: {flamenco: {enabled, prefix}, …}</c>; what is absent is spoken under its own paths.</summary>
    /// <exception cref="SettingException">A protocol or a key is unknown, or a value cannot be used.</exception>
    public static IReadOnlyDictionary<string, ContractSettings> Read(IConfigurationSection contracts, IReadOnlyList<IProtocolModule> modules)
    {
        foreach (var section in contracts.GetChildren())
        {
            if (modules.FirstOrDefault(module => module.Name == section.Key) is not { } known)
            {
                throw new SettingException(
                    section.Path, null, $"Unknown protocol; expected one of {string.Join(", ", modules.Select(module => module.Name))}");
            }

            CheckKeys(section, KeysOf(known));
        }

        return modules.ToDictionary(module => module.Name, module => Read(contracts.GetSection(module.Name), module));
    }

    private static ContractSettings Read(IConfigurationSection section, IProtocolModule module)
    {
        var read = new SettingReader(section);
        var prefix = read.Text("prefix", "").TrimEnd('/');
        if (prefix.Length > 0 && !prefix.StartsWith('/')) throw new SettingException($"{section.Path}:prefix", prefix, "must begin with a slash");
        return new ContractSettings(read.Flag("enabled", true), prefix) { Own = module.Settings?.Read(section) };
    }

    private static void CheckKeys(IConfigurationSection section, IReadOnlyList<SettingKey> keys)
    {
        foreach (var setting in section.GetChildren())
        {
            if (!keys.Any(key => key.Name == setting.Key))
            {
                throw new SettingException(
                    setting.Path, null, $"Unknown setting; expected one of {string.Join(", ", keys.Select(key => key.Name))}");
            }
        }
    }
}
