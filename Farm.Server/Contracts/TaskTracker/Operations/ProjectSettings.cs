using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>What a studio may set about projects (Contracts/TaskTracker/Contract.md section 5.11).</summary>
internal sealed record ProjectSettings
{
    /// <summary>How often what each project has is written down.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long that is kept.</summary>
    public TimeSpan SnapshotHistory { get; init; } = TimeSpan.FromHours(400);

    /// <summary>How often assignments that took too long are taken back (section 5.5).</summary>
    public TimeSpan ReclaimInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an assignment may take whose task does not say (decision D7).</summary>
    public TimeSpan AssignTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The gravest to the least grave line that goes to the farm's log.</summary>
    public ProjectLogLevel LogLevel { get; init; } = ProjectLogLevel.Trace;

    /// <summary>The lines that are stored, and shown to everybody (section 5.9).</summary>
    public IReadOnlyList<ProjectLogLevel> StoredLogLevels { get; init; } = [ProjectLogLevel.Error, ProjectLogLevel.Warn, ProjectLogLevel.Info];

    /// <summary>How many lines are stored; the oldest go first.</summary>
    public int KeptLogLines { get; init; } = 10_000;
}
