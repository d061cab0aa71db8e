using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Variables;
using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// All settings, from <c>farm.yaml</c> in the data directory or the file of <c>--config</c>. Keys that Flamenco has keep its names
/// (Contracts/Flamenco/Contract.md section 9).
/// </summary>
internal sealed record FarmSettings
{
    /// <summary>The version that Flamenco clients are told. Blender's add-on submits only to a manager of its own version.</summary>
    public const string DefaultAdvertisedVersion = "3.8.5";

    /// <summary>The value of <c>database</c> for the file in the data directory.</summary>
    public const string OwnDatabase = "farm.db";

    private const string BackupsKey = "backups";

    /// <summary>The farm's name, shown to clients.</summary>
    public string ManagerName { get; init; } = "Farm";

    /// <summary>What people without an account may do from other machines.</summary>
    public AccessMode Access { get; init; } = AccessMode.Submit;

    /// <summary>Who may sign in after registering.</summary>
    public AccountSettings Accounts { get; init; } = new();

    /// <summary>
    /// Where the server listens: <c>:8080</c>, <c>127.0.0.1:8080</c>, <c>https://:8443</c>; without a host, every address of the machine.
    /// </summary>
    public IReadOnlyList<string> Listen { get; init; } = [":8080"];

    /// <summary>The certificate for https.</summary>
    public CertificateSettings Certificate { get; init; } = new();

    /// <summary>The database: <see cref="OwnDatabase"/>, the address of a PostgreSQL database, or a file name of Flamenco's, which is not used.</summary>
    public string Database { get; init; } = OwnDatabase;

    /// <summary>The address of the PostgreSQL database; null for the file in the data directory.</summary>
    public string? PostgresAddress => Database.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && Database.Contains("://") ? Database : null;

    /// <summary>The directory of the files that all managers use; empty for the data directory.</summary>
    public string SharedFiles { get; init; } = "";

    /// <summary>The version that Flamenco clients are told.</summary>
    public string AdvertisedVersion { get; init; } = DefaultAdvertisedVersion;

    /// <summary>Whether workers can discover this farm (SSDP).</summary>
    public bool Autodiscoverable { get; init; } = true;

    /// <summary>
    /// The storage that the farm and its workers share. The default is in the data directory, which only workers on the same machine see.
    /// </summary>
    public string SharedStoragePath { get; init; } = "";

    /// <summary>The Shaman file upload.</summary>
    public ShamanSettings Shaman { get; init; } = new();

    /// <summary>The value of the variable <c>{jobs}</c>, where workers find the files of jobs: with Shaman, a folder of the shared storage.</summary>
    public string EffectiveSharedStorage =>
        Shaman.Enabled ? Path.Combine(SharedStoragePath, ShamanSettings.CheckoutsFolder) : SharedStoragePath;

    /// <summary>Limits on failures, timeouts and task output.</summary>
    public FarmLimits Limits { get; init; } = new();

    /// <summary>When the farm backs itself up.</summary>
    public BackupSettings Backups { get; init; } = new();

    /// <summary>Whether a key of <see cref="Backups"/> is set.</summary>
    public bool HasBackupSettings { get; init; }

    /// <summary>Variables in commands and paths.</summary>
    public VariableTable Variables { get; init; } = new(VariableSettings.Defaults, VariableSettings.OwnPlatform, null);

    /// <summary>Which clients and host names are answered.</summary>
    public SecuritySettings Security { get; init; } = new();

    /// <summary>The settings of each protocol, by its name.</summary>
    public IReadOnlyDictionary<string, ContractSettings> Contracts { get; init; } = new Dictionary<string, ContractSettings>();

    /// <summary>The settings of a protocol.</summary>
    public ContractSettings Of(IProtocolModule module) => Contracts.GetValueOrDefault(module.Name) ?? new ContractSettings();

    /// <summary>Whether the shared storage is set.</summary>
    public bool IsSharedStorageSet { get; init; }

    /// <summary>One warning for each key that is accepted and has no effect.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads the settings; an absent key keeps its default.</summary>
    /// <param name="configuration">The keys and values.</param>
    /// <param name="ownStorage">The shared storage when none is set.</param>
    /// <param name="modules">The protocols.</param>
    /// <exception cref="SettingException">A key is unknown, or a value is invalid.</exception>
    public static FarmSettings Read(IConfiguration configuration, string ownStorage, IReadOnlyList<IProtocolModule> modules)
    {
        UnknownKeys.Reject(configuration, FarmFile.KnownKeys, IgnoredFlamencoKeys.Names);
        var file = SettingsBinder.Bind<FarmFile>(configuration);
        var storage = file.SharedStoragePath is { Length: > 0 } configured ? configured : ownStorage;
        var settings = new FarmSettings
        {
            ManagerName = file.ManagerName,
            Access = file.Access,
            Accounts = new AccountSettings { OpenRegistration = file.OpenRegistration },
            Listen = file.Listen,
            Certificate = file.ToCertificate(),
            Database = file.Database.Length > 0 ? file.Database : OwnDatabase,
            SharedFiles = file.SharedFiles,
            AdvertisedVersion = file.AdvertisedVersion,
            Autodiscoverable = file.Autodiscoverable,
            SharedStoragePath = storage,
            IsSharedStorageSet = storage != ownStorage,
            Shaman = file.ToShaman(),
            Limits = file.ToLimits(),
            Backups = file.ToBackups(),
            HasBackupSettings = configuration.GetSection(BackupsKey).Exists(),
            Security = file.ToSecurity(),
            Contracts = ContractSettings.Read(configuration.GetSection("contracts"), modules),
        };
        if (settings is { HasBackupSettings: true, PostgresAddress: not null }) throw NoBackupsOfPostgres();
        return settings with
        {
            Warnings = [.. IgnoredFlamencoKeys.Warnings(configuration), .. settings.DatabaseWarnings],
            Variables = new VariableTable(
                VariableSettings.Read(configuration.GetSection("variables")), VariableSettings.OwnPlatform, settings.EffectiveSharedStorage),
        };
    }

    /// <summary>Backups are set for a farm that makes none.</summary>
    public static SettingException NoBackupsOfPostgres() =>
        new(BackupsKey, null, "is only for farm.db; back up the PostgreSQL database with pg_dump, and remove this setting");

    private IEnumerable<string> DatabaseWarnings => Database == OwnDatabase || PostgresAddress is not null
        ? []
        : ["database: not used, jobs are in farm.db of the data directory (--data); PostgreSQL is postgres://USER:PASSWORD@HOST/DATABASE"];
}
