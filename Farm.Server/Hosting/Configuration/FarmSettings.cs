using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Variables;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// Everything that a studio can set, from <c>farm.yaml</c> in the data directory or the file named by <c>--config</c>. Keys that Flamenco has
/// bear its names (Contracts/Flamenco/Contract.md section 9).
/// </summary>
internal sealed record FarmSettings
{
    /// <summary>Keys whose sections are read by those who know their form.</summary>
    private static readonly string[] OtherKeys = ["variables", "networks", "hosts", "trusted_proxies", "max_body_bytes", "contracts"];

    /// <summary>The version that Blender's add-on is told; it refuses to submit to a manager of another version than its own.</summary>
    public const string DefaultAdvertisedVersion = "3.8.5";

    /// <summary>What the farm calls itself.</summary>
    public string ManagerName { get; init; } = "Farm";

    /// <summary>Where the server listens: <c>:8080</c>, <c>127.0.0.1:8080</c>; any address of the machine when the host is left out.</summary>
    public string Listen { get; init; } = ":8080";

    /// <summary>The version that Flamenco clients are told.</summary>
    public string AdvertisedVersion { get; init; } = DefaultAdvertisedVersion;

    /// <summary>Whether workers find this farm by themselves (SSDP).</summary>
    public bool Autodiscoverable { get; init; } = true;

    /// <summary>
    /// The storage that the farm and its workers share. Without the setting it is in the data directory, which serves workers on the same machine;
    /// others need a path that all machines see.
    /// </summary>
    public string SharedStoragePath { get; init; } = "";

    /// <summary>The deduplicating file upload.</summary>
    public ShamanSettings Shaman { get; init; } = new();

    /// <summary>Where workers find the files of jobs, the variable <c>{jobs}</c>: with Shaman on that is a folder of the shared storage.</summary>
    public string EffectiveSharedStorage =>
        Shaman.Enabled ? Path.Combine(SharedStoragePath, ShamanSettings.CheckoutsFolder) : SharedStoragePath;

    /// <summary>Limits on failures and silence.</summary>
    public FarmLimits Limits { get; init; } = new();

    /// <summary>Variables in commands and paths.</summary>
    public VariableTable Variables { get; init; } = new(VariableSettings.Defaults, VariableSettings.OwnPlatform, null);

    /// <summary>Who is answered.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>Which protocols are spoken, and below which prefix.</summary>
    public IReadOnlyDictionary<string, ContractSettings> Contracts { get; init; } = new Dictionary<string, ContractSettings>();

    /// <summary>What is set about a protocol; the defaults where nothing is.</summary>
    public ContractSettings Of(IProtocolModule module) => Contracts.GetValueOrDefault(module.Name) ?? new ContractSettings();

    /// <summary>Whether someone set the shared storage.</summary>
    public bool IsSharedStorageSet { get; init; }

    /// <summary>A sentence for each key that is accepted and does nothing here.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads the settings; what is absent keeps its default.</summary>
    /// <param name="configuration">The keys and values.</param>
    /// <param name="ownStorage">The shared storage where none is set.</param>
    /// <param name="modules">The protocols that there are.</param>
    /// <exception cref="SettingException">A key is unknown, or its value cannot be used.</exception>
    public static FarmSettings Read(IConfiguration configuration, string ownStorage, IReadOnlyList<IProtocolModule> modules)
    {
        UnknownKeys.Refuse(configuration, [.. FarmFile.Keys, .. OtherKeys], IgnoredFlamencoKeys.Names);
        var file = SettingsBinder.Bind<FarmFile>(configuration);
        var storage = file.SharedStoragePath is { Length: > 0 } configured ? configured : ownStorage;
        var settings = new FarmSettings
        {
            ManagerName = file.ManagerName,
            Listen = file.Listen,
            AdvertisedVersion = file.AdvertisedVersion,
            Autodiscoverable = file.Autodiscoverable,
            SharedStoragePath = storage,
            IsSharedStorageSet = storage != ownStorage,
            Warnings = IgnoredFlamencoKeys.Warnings(configuration),
            Shaman = file.ToShaman(),
            Limits = file.ToLimits(),
            Security = SecuritySettings.Read(configuration),
            Contracts = ContractSettings.Read(configuration.GetSection("contracts"), modules),
        };
        return settings with
        {
            Variables = new VariableTable(
                VariableSettings.Read(configuration.GetSection("variables")), VariableSettings.OwnPlatform, settings.EffectiveSharedStorage),
        };
    }

    /// <summary>The URL to listen on, as the web server takes it.</summary>
    public static string ListenUrl(string listen)
    {
        var colon = listen.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(listen[(colon + 1)..], out var port))
            throw new SettingException("listen", listen, "is not an address like :8080 or 127.0.0.1:8080");
        return colon == 0 ? $"http://0.0.0.0:{port}" : $"http://{listen}";
    }
}
