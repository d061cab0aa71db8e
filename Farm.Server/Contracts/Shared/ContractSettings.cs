using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Shared;

/// <summary>Whether a protocol is enabled, and below which path (Docs/design.md section 4).</summary>
internal sealed record ContractSettings
{
    /// <summary>An enabled protocol without a prefix.</summary>
    public ContractSettings()
    {
    }

    /// <summary>A protocol with these settings.</summary>
    public ContractSettings(bool IsEnabled = true, string Prefix = "") => (this.IsEnabled, this.Prefix) = (IsEnabled, Prefix);

    /// <summary>Whether the protocol is served.</summary>
    [ConfigurationKeyName("enabled")]
    [Description("Whether this protocol is served.")]
    public bool IsEnabled { get; init; } = true;

    /// <summary>A path in front of its routes, such as <c>/render</c>; empty for none.</summary>
    [ConfigurationKeyName("prefix")]
    [Description("A path in front of all routes of this protocol, such as `/render`.")]
    [RegularExpression("/.*", ErrorMessage = "must begin with a slash")]
    public string Prefix { get; init => field = value.TrimEnd('/'); } = "";

    /// <summary>The protocol's own settings, of the type that its module declares; null for the defaults.</summary>
    public object? Own { get; init; }

    /// <summary>All keys that a protocol has below <c>contracts: NAME:</c>, with their meanings.</summary>
    public static IReadOnlyList<SettingKey> KeysOf(IProtocolModule module) =>
        [.. new ModuleSettings<ContractSettings>().Keys, .. module.Settings?.Keys ?? []];

    /// <summary>Reads <c>contracts: {flamenco: {enabled, prefix}, …}</c>; a missing protocol is enabled without a prefix.</summary>
    /// <exception cref="SettingException">A protocol or key is unknown, or a value is invalid.</exception>
    public static IReadOnlyDictionary<string, ContractSettings> Read(IConfigurationSection contracts, IReadOnlyList<IProtocolModule> modules)
    {
        foreach (var section in contracts.GetChildren())
        {
            if (modules.FirstOrDefault(module => module.Name == section.Key) is not { } known)
            {
                throw new SettingException(
                    section.Path, null, $"Unknown protocol; expected one of {string.Join(", ", modules.Select(module => module.Name))}");
            }

            UnknownKeys.Reject(section, [.. KeysOf(known).Select(key => key.Name)]);
        }

        return modules.ToDictionary(module => module.Name, module => Read(contracts.GetSection(module.Name), module));
    }

    private static ContractSettings Read(IConfigurationSection section, IProtocolModule module) =>
        SettingsBinder.Bind<ContractSettings>(section) with { Own = module.Settings?.Read(section) };
}
