using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Hosting.Https;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>
/// The keys of <c>farm.yaml</c>, bound by the framework, in the order in which the documentation shows them. <c>variables</c> and <c>contracts</c>, whose
/// keys are names, are bound apart: <see cref="VariableSettings"/>, <see cref="Contracts.Shared.ContractSettings"/>.
/// </summary>
internal sealed record FarmFile : IValidatableObject
{
    /// <summary>What is wrong with a relative path.</summary>
    public const string NotAbsolute = "must be an absolute path";

    private static readonly FarmSettings Defaults = new();

    [ConfigurationKeyName("manager_name")]
    [Description("The farm's name, shown to clients and in the dashboard.")]
    public string ManagerName { get; init; } = Defaults.ManagerName;

    [ConfigurationKeyName("access")]
    [Description("What people without an account may do from other machines, once the farm is set up: `submit` lets them submit jobs and control those from the same machine, `open` lets them control all jobs and workers, `closed` lets them only sign in. See [Security](security.md).")]
    public AccessMode Access { get; init; } = Defaults.Access;

    [ConfigurationKeyName("open_registration")]
    [Description("Whether people who register an account may sign in at once. Otherwise an administrator activates them.")]
    public bool OpenRegistration { get; init; } = Defaults.Accounts.OpenRegistration;

    [ConfigurationKeyName("listen")]
    [Description("Addresses and ports to listen on. `:8080` is port 8080 on every address of the machine, `https://:8443` is port 8443 with [HTTPS](security.md#https).")]
    public IReadOnlyList<string> Listen { get; init; } = Defaults.Listen;

    [ConfigurationKeyName("certificate")]
    [Description("The certificate for HTTPS: the path of a PEM file with the certificates of its authorities, the path of a PFX file, or `self-signed` for one that Farm makes and keeps in the data directory. A changed file is used without a restart.")]
    public string Certificate { get; init; } = Defaults.Certificate.File;

    [ConfigurationKeyName("certificate_key")]
    [Description("The path of the private key as PEM, if it is not in the file of the certificate.")]
    public string CertificateKey { get; init; } = Defaults.Certificate.KeyFile;

    [ConfigurationKeyName("certificate_password_file")]
    [Description("The path of a file with the password of the private key or the PFX file, unless the environment variable `FARM_CERTIFICATE_PASSWORD` holds it.")]
    public string CertificatePasswordFile { get; init; } = Defaults.Certificate.PasswordFile;

    [ConfigurationKeyName("hsts")]
    [Description("Whether browsers are told to use only HTTPS for the host name, on all its ports ([HSTS](security.md#https)). Only with a certificate of an authority, and if no other machine is served without HTTPS.")]
    public bool Hsts { get; init; } = Defaults.Certificate.IsHstsAllowed;

    [ConfigurationKeyName("database")]
    [Description("Where jobs, tasks and logs are: `farm.db` is the file in the data directory, `postgres://USER:PASSWORD@HOST/DATABASE` a [PostgreSQL](postgresql.md) database. A file name of Flamenco's has no effect.")]
    public string Database { get; init; } = Defaults.Database;

    [ConfigurationKeyName("shared_files")]
    [Description("The directory of the files and settings that all managers of a farm use, mounted on each of their machines. Only with a [PostgreSQL](postgresql.md) database; without it, the files are in the data directory.")]
    public string SharedFiles { get; init; } = Defaults.SharedFiles;

    [ConfigurationKeyName("shared_storage_path")]
    [Description("The storage that all machines see. Set it as soon as a second machine renders. The variable `{jobs}` is its folder `jobs`, or the path itself when Shaman is off.")]
    public string SharedStoragePath { get; init; } = "";

    [ConfigurationKeyName("shaman:enabled")]
    [Description("Whether Blender's add-on may upload files. Each content is stored once.")]
    public bool ShamanEnabled { get; init; } = Defaults.Shaman.Enabled;

    [ConfigurationKeyName("shaman:garbageCollect:period")]
    [Description("How often uploaded files that no job links to are removed; `0` never removes any.")]
    public TimeSpan ShamanPeriod { get; init; } = Defaults.Shaman.GarbageCollectPeriod;

    [ConfigurationKeyName("shaman:garbageCollect:maxAge")]
    [Description("How long an unlinked file is kept after it was last asked for.")]
    public TimeSpan ShamanMaxAge { get; init; } = Defaults.Shaman.GarbageCollectMaxAge;

    [ConfigurationKeyName("task_timeout")]
    [Description("A running task without an update for this long is requeued; `0` turns this check and that of workers off.")]
    public TimeSpan TaskTimeout { get; init; } = Defaults.Limits.TaskTimeout;

    [ConfigurationKeyName("worker_timeout")]
    [Description("The tasks of a worker that was silent for this long are requeued; `0` turns the check off.")]
    public TimeSpan WorkerTimeout { get; init; } = Defaults.Limits.WorkerTimeout;

    [ConfigurationKeyName("task_fail_after_softfail_count")]
    [Description("A task fails for good after this many different workers failed it.")]
    [GreaterThanZero]
    public int TaskFailAfter { get; init; } = Defaults.Limits.Failures.TaskFailAfter;

    [ConfigurationKeyName("blocklist_threshold")]
    [Description("A worker that failed this many tasks of one type in one job gets no more of them.")]
    [GreaterThanZero]
    public int BlocklistThreshold { get; init; } = Defaults.Limits.Failures.BlocklistThreshold;

    [ConfigurationKeyName("autodiscoverable")]
    [Description("Whether workers on the local network can find this farm without its address (SSDP).")]
    public bool Autodiscoverable { get; init; } = Defaults.Autodiscoverable;

    [ConfigurationKeyName("advertised_version")]
    [Description("The version that Flamenco clients are told. Blender's add-on submits only to a manager of its own version.")]
    public string AdvertisedVersion { get; init; } = Defaults.AdvertisedVersion;

    [ConfigurationKeyName("networks")]
    [Description("Which clients are answered at all: `loopback`, `private` (link-local included), `cgnat`, `any`, addresses, or networks such as `10.1.0.0/16`.")]
    [NetworkNames]
    public IReadOnlyList<string> Networks { get; init; } = NetworkList.DefaultNames;

    [ConfigurationKeyName("hosts")]
    [Description("More names of this server, beside the machine's own: a name, `*.domain`, or `*` for any.")]
    [HostPatterns]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    [ConfigurationKeyName("trusted_proxies")]
    [Description("Reverse proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed, written as in `networks`.")]
    [NetworkNames(AllowEmpty = true)]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    [ConfigurationKeyName("max_body_bytes")]
    [Description("The longest request body in bytes, where a protocol has no limit of its own (4 MiB).")]
    [GreaterThanZero]
    public long MaxBodyBytes { get; init; } = Defaults.Security.MaxBodyBytes;

    [ConfigurationKeyName("max_buffered_bytes")]
    [Description("The most bytes of large request bodies (over 64 KiB) that are in memory at once (96 MiB); further ones are answered with 503. The largest body that a protocol accepts is 64 MiB.")]
    [Between(1024 * 1024, 16L * 1024 * 1024 * 1024)]
    public long MaxBufferedBytes { get; init; } = Defaults.Security.MaxBufferedBytes;

    [ConfigurationKeyName("jobs:max_tasks")]
    [Description("The most tasks that one submission may make: of a job, or added to a project or a seed.")]
    [Between(1, 10_000_000)]
    public long MaxTasks { get; init; } = Defaults.Limits.Jobs.MaxTasks;

    [ConfigurationKeyName("jobs:max_bytes")]
    [Description("The most bytes that the commands of all tasks of one submission may have (256 MiB, some 500,000 frames of Blender).")]
    [Between(64 * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxJobCommandBytes { get; init; } = Defaults.Limits.Jobs.MaxBytes;

    [ConfigurationKeyName("jobs:max_task_bytes")]
    [Description("The most bytes that the commands of one task may have, and what a job stores beside its tasks: settings, metadata, its template, and what each step of a template repeats of it (12 MiB). It is written at once, while others wait.")]
    [Between(16 * 1024, 16 * 1024 * 1024)]
    public long MaxTaskBytes { get; init; } = Defaults.Limits.Jobs.MaxTaskBytes;

    [ConfigurationKeyName("audit_days")]
    [Description("How many days the [audit](security.md#the-audit) keeps what people did; `0` keeps everything.")]
    [Between(0, 36_500)]
    public int AuditDays { get; init; } = Defaults.Limits.AuditDays;

    [ConfigurationKeyName("dashboard:max_pages")]
    [Description("The most pages of the dashboard that may be open at once. Each takes about 3 MB of the server's memory.")]
    [Between(1, 10_000)]
    public int MaxPages { get; init; } = Defaults.Limits.Pages.MaxPages;

    [ConfigurationKeyName("dashboard:max_pages_per_address")]
    [Description("The most of them from one network address. People behind a reverse proxy share its address unless it is in `trusted_proxies`.")]
    [Between(1, 10_000)]
    public int MaxPagesPerAddress { get; init; } = Defaults.Limits.Pages.MaxPagesPerAddress;

    [ConfigurationKeyName("artifacts:max_file_bytes")]
    [Description("The largest file that a task may store with its job, in bytes (16 GiB).")]
    [GreaterThanZero]
    public long MaxFileBytes { get; init; } = Defaults.Limits.Artifacts.MaxFileBytes;

    [ConfigurationKeyName("artifacts:max_job_bytes")]
    [Description("The most bytes that the tasks of one job may store (256 GiB).")]
    [GreaterThanZero]
    public long MaxJobBytes { get; init; } = Defaults.Limits.Artifacts.MaxJobBytes;

    [ConfigurationKeyName("artifacts:max_job_files")]
    [Description("The most files that the tasks of one job may store.")]
    [GreaterThanZero]
    public long MaxJobFiles { get; init; } = Defaults.Limits.Artifacts.MaxJobFiles;

    [ConfigurationKeyName("backups:at")]
    [Description("When the farm [backs itself up](backup.md): times on the clock of the server, such as `03:00, 15:00`; an empty list for never. A backup that was missed is made after the start. Only for `farm.db`, as all of `backups`.")]
    [TimesOfDay]
    public IReadOnlyList<string> BackupTimes { get; init; } = [.. Defaults.Backups.Times.Select(TimesOfDayAttribute.Text)];

    [ConfigurationKeyName("backups:with")]
    [Description("What a backup holds besides the database: `settings` are the settings file, templates and the secrets of the farm, `artifacts` the files from tasks, and images.")]
    public IReadOnlyList<BackupPart> BackupWith { get; init; } = Defaults.Backups.With;

    [ConfigurationKeyName("backups:keep_days")]
    [Description("How many days a scheduled backup is kept.")]
    [Between(1, 3650)]
    public int BackupDays { get; init; } = Defaults.Backups.KeepDays;

    [ConfigurationKeyName("backups:keep_at_least")]
    [Description("How many scheduled backups are kept, however old they are.")]
    [Between(1, 1000)]
    public int BackupsAtLeast { get; init; } = Defaults.Backups.KeepAtLeast;

    /// <summary>These keys.</summary>
    public static IReadOnlyList<BoundKey> Keys { get; } = BoundKey.Of(typeof(FarmFile));

    /// <summary>The names of these keys, and of the sections that are bound apart.</summary>
    public static IReadOnlyList<string> KnownKeys { get; } = [.. Keys.Select(key => key.Name), "variables", "contracts"];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Listen.Count == 0) yield return new ValidationResult("is empty, so the server would not listen", [nameof(Listen)]);
        foreach (var entry in Listen)
        {
            if (ListenUrls.ProblemOf(entry) is { } problem) yield return new ValidationResult($"\"{entry}\" {problem}", [nameof(Listen)]);
        }

        if (Certificate.Length == 0 && Listen.FirstOrDefault(HttpsHosting.IsHttps) is { } https)
            yield return new ValidationResult($"\"{https}\" {ListenUrls.NoCertificate}", [nameof(Listen)]);
        if (Certificate is not ("" or CertificateSettings.SelfSigned) && !Path.IsPathFullyQualified(Certificate))
            yield return new ValidationResult($"must be an absolute path, or {CertificateSettings.SelfSigned}", [nameof(Certificate)]);
        if (CertificateKey.Length > 0 && !Path.IsPathFullyQualified(CertificateKey)) yield return new ValidationResult(NotAbsolute, [nameof(CertificateKey)]);
        if (CertificatePasswordFile.Length > 0 && !Path.IsPathFullyQualified(CertificatePasswordFile))
            yield return new ValidationResult(NotAbsolute, [nameof(CertificatePasswordFile)]);
        if (SharedFiles.Length > 0 && !Path.IsPathFullyQualified(SharedFiles)) yield return new ValidationResult(NotAbsolute, [nameof(SharedFiles)]);
    }

    /// <summary>The certificate for https.</summary>
    public CertificateSettings ToCertificate() => new()
    {
        File = Certificate,
        KeyFile = CertificateKey,
        PasswordFile = CertificatePasswordFile,
        IsHstsAllowed = Hsts,
    };

    /// <summary>The settings of the Shaman file upload.</summary>
    public ShamanSettings ToShaman() => new()
    {
        Enabled = ShamanEnabled,
        GarbageCollectPeriod = ShamanPeriod,
        GarbageCollectMaxAge = ShamanMaxAge,
    };

    /// <summary>The limits on failures, timeouts and task output.</summary>
    public FarmLimits ToLimits() => new()
    {
        TaskTimeout = TaskTimeout,
        WorkerTimeout = WorkerTimeout,
        Failures = new FailureLimits(TaskFailAfter, BlocklistThreshold),
        Artifacts = new ArtifactLimits(MaxFileBytes, MaxJobBytes, MaxJobFiles),
        Jobs = new JobSizeLimits(MaxTasks, MaxJobCommandBytes, MaxTaskBytes),
        Pages = new PageLimits(MaxPages, MaxPagesPerAddress),
        AuditDays = AuditDays,
    };

    /// <summary>When the farm backs itself up.</summary>
    public BackupSettings ToBackups() => new()
    {
        Times = [.. BackupTimes.Select(TimesOfDayAttribute.Parse)],
        With = [.. BackupWith.Distinct()],
        KeepDays = BackupDays,
        KeepAtLeast = BackupsAtLeast,
    };

    /// <summary>Which clients and host names are answered.</summary>
    public SecuritySettings ToSecurity() => new()
    {
        Networks = NetworkList.Parse(Networks),
        Hosts = Hosts,
        TrustedProxies = NetworkList.Parse(TrustedProxies),
        MaxBodyBytes = MaxBodyBytes,
        MaxBufferedBytes = MaxBufferedBytes,
    };
}
