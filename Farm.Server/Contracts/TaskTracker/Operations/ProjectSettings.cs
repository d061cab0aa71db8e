using System.ComponentModel;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Settings of projects (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed record ProjectSettings
{
    /// <summary>How often a snapshot of each project is stored.</summary>
    [ConfigurationKeyName("snapshot_interval")]
    [Description("How often the task counts of each project are recorded.")]
    [LongerThanZero]
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long snapshots are kept.</summary>
    [ConfigurationKeyName("snapshot_history")]
    [Description("How long those records are kept.")]
    public TimeSpan SnapshotHistory { get; init; } = TimeSpan.FromHours(400);

    /// <summary>How often overdue tasks are requeued (section 5.5).</summary>
    [ConfigurationKeyName("reclaim_interval")]
    [Description("How often tasks that a worker held too long are requeued.")]
    [LongerThanZero]
    public TimeSpan ReclaimInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a worker may hold a task without <c>max_assign_time</c> (decision D7).</summary>
    [ConfigurationKeyName("assign_time")]
    [Description("How long a worker may hold a task without `max_assign_time`.")]
    [LongerThanZero]
    public TimeSpan AssignTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The least severe level that goes to the farm's log.</summary>
    [ConfigurationKeyName("log_level")]
    [Description("Lines of workers of this level and more severe ones go to the farm's log.")]
    public ProjectLogLevel LogLevel { get; init; } = ProjectLogLevel.Trace;

    /// <summary>The levels that are stored for everybody to read (section 5.9).</summary>
    [ConfigurationKeyName("stored_log_levels")]
    [Description("Lines of these levels are stored for everybody to read.")]
    public IReadOnlyList<ProjectLogLevel> StoredLogLevels
    {
        get;
        init => field = [.. value.Distinct().Order()];
    } = [ProjectLogLevel.Error, ProjectLogLevel.Warn, ProjectLogLevel.Info];

    /// <summary>How many lines are kept; the oldest are deleted first.</summary>
    [ConfigurationKeyName("kept_log_lines")]
    [Description("How many stored lines are kept.")]
    [GreaterThanZero]
    public int KeptLogLines { get; init; } = 10_000;
}
