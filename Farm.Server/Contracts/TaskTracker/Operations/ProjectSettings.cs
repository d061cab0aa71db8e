using System.ComponentModel;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>What a studio may set about projects (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed record ProjectSettings
{
    /// <summary>How often what each project has is written down.</summary>
    [ConfigurationKeyName("snapshot_interval")]
    [Description("How often the numbers of each project are recorded.")]
    [LongerThanZero]
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long that is kept.</summary>
    [ConfigurationKeyName("snapshot_history")]
    [Description("How long those records are kept.")]
    public TimeSpan SnapshotHistory { get; init; } = TimeSpan.FromHours(400);

    /// <summary>How often assignments that took too long are taken back (section 5.5).</summary>
    [ConfigurationKeyName("reclaim_interval")]
    [Description("How often tasks that a worker kept too long are taken back.")]
    [LongerThanZero]
    public TimeSpan ReclaimInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an assignment may take whose task does not say (decision D7).</summary>
    [ConfigurationKeyName("assign_time")]
    [Description("How long a worker may keep a task that sets no time of its own.")]
    [LongerThanZero]
    public TimeSpan AssignTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The gravest to the least grave line that goes to the farm's log.</summary>
    [ConfigurationKeyName("log_level")]
    [Description("Lines of workers from this level on go to the farm's log.")]
    public ProjectLogLevel LogLevel { get; init; } = ProjectLogLevel.Trace;

    /// <summary>The lines that are stored, and shown to everybody (section 5.9).</summary>
    [ConfigurationKeyName("stored_log_levels")]
    [Description("Lines of these levels are stored for everybody to read.")]
    public IReadOnlyList<ProjectLogLevel> StoredLogLevels
    {
        get;
        init => field = [.. value.Distinct().Order()];
    } = [ProjectLogLevel.Error, ProjectLogLevel.Warn, ProjectLogLevel.Info];

    /// <summary>How many lines are stored; the oldest go first.</summary>
    [ConfigurationKeyName("kept_log_lines")]
    [Description("How many stored lines are kept.")]
    [GreaterThanZero]
    public int KeptLogLines { get; init; } = 10_000;
}
