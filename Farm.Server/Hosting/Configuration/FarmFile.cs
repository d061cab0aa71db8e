using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>The keys of <c>farm.yaml</c> that hold one value each, as they stand in the file; <see cref="FarmSettings"/> says what they mean.</summary>
internal sealed record FarmFile
{
    private static readonly FarmSettings Usual = new();

    [ConfigurationKeyName("manager_name")]
    public string ManagerName { get; init; } = Usual.ManagerName;

    [ConfigurationKeyName("listen")]
    public string Listen { get; init; } = Usual.Listen;

    [ConfigurationKeyName("advertised_version")]
    public string AdvertisedVersion { get; init; } = Usual.AdvertisedVersion;

    [ConfigurationKeyName("autodiscoverable")]
    public bool Autodiscoverable { get; init; } = Usual.Autodiscoverable;

    [ConfigurationKeyName("shared_storage_path")]
    public string SharedStoragePath { get; init; } = "";

    [ConfigurationKeyName("shaman:enabled")]
    public bool ShamanEnabled { get; init; } = Usual.Shaman.Enabled;

    [ConfigurationKeyName("shaman:garbageCollect:period")]
    public TimeSpan ShamanPeriod { get; init; } = Usual.Shaman.GarbageCollectPeriod;

    [ConfigurationKeyName("shaman:garbageCollect:maxAge")]
    public TimeSpan ShamanMaxAge { get; init; } = Usual.Shaman.GarbageCollectMaxAge;

    [ConfigurationKeyName("task_timeout")]
    public TimeSpan TaskTimeout { get; init; } = Usual.Limits.TaskTimeout;

    [ConfigurationKeyName("worker_timeout")]
    public TimeSpan WorkerTimeout { get; init; } = Usual.Limits.WorkerTimeout;

    [ConfigurationKeyName("blocklist_threshold")]
    [GreaterThanZero]
    public int BlocklistThreshold { get; init; } = Usual.Limits.Failures.BlocklistThreshold;

    [ConfigurationKeyName("task_fail_after_softfail_count")]
    [GreaterThanZero]
    public int TaskFailAfter { get; init; } = Usual.Limits.Failures.TaskFailAfter;

    [ConfigurationKeyName("artifacts:max_file_bytes")]
    [GreaterThanZero]
    public long MaxFileBytes { get; init; } = Usual.Limits.Artifacts.MaxFileBytes;

    [ConfigurationKeyName("artifacts:max_job_bytes")]
    [GreaterThanZero]
    public long MaxJobBytes { get; init; } = Usual.Limits.Artifacts.MaxJobBytes;

    [ConfigurationKeyName("artifacts:max_job_files")]
    [GreaterThanZero]
    public long MaxJobFiles { get; init; } = Usual.Limits.Artifacts.MaxJobFiles;

    /// <summary>The names of these keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. BoundKey.Of(typeof(FarmFile)).Select(key => key.Name)];

    /// <summary>The deduplicating file upload.</summary>
    public ShamanSettings ToShaman() => new()
    {
        Enabled = ShamanEnabled,
        GarbageCollectPeriod = ShamanPeriod,
        GarbageCollectMaxAge = ShamanMaxAge,
    };

    /// <summary>The limits on failures, silence and output.</summary>
    public FarmLimits ToLimits() => new()
    {
        TaskTimeout = TaskTimeout,
        WorkerTimeout = WorkerTimeout,
        Failures = new FailureLimits(TaskFailAfter, BlocklistThreshold),
        Artifacts = new ArtifactLimits(MaxFileBytes, MaxJobBytes, MaxJobFiles),
    };
}
