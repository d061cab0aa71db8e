using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
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
    [Description("What people without an account may do from other machines, once the farm is set up: `submit` lets them submit jobs and control those from the same machine, `open` lets them control all jobs and workers. See [Security](security.md).")]
    public AccessMode Access { get; init; } = Defaults.Access;

    [ConfigurationKeyName("open_registration")]
    [Description("Whether people who register an account may sign in at once. Otherwise an administrator activates them.")]
    public bool OpenRegistration { get; init; } = Defaults.Accounts.OpenRegistration;

    [ConfigurationKeyName("listen")]
    [Description("Address and port to listen on. `:8080` is port 8080 on every address of the machine.")]
    public string Listen { get; init; } = Defaults.Listen;

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

    /// <summary>These keys.</summary>
    public static IReadOnlyList<BoundKey> Keys { get; } = BoundKey.Of(typeof(FarmFile));

    /// <summary>The names of these keys, and of the sections that are bound apart.</summary>
    public static IReadOnlyList<string> KnownKeys { get; } = [.. Keys.Select(key => key.Name), "variables", "contracts"];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!FarmSettings.TryListenUrl(Listen, out _)) yield return new ValidationResult(FarmSettings.NoListenAddress, [nameof(Listen)]);
        if (SharedFiles.Length > 0 && !Path.IsPathFullyQualified(SharedFiles)) yield return new ValidationResult(NotAbsolute, [nameof(SharedFiles)]);
    }

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
