using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations;

/// <summary>Configurable limits; unless noted otherwise, keys as in Contracts/Flamenco/Contract.md section 9.</summary>
internal sealed record FarmLimits
{
    /// <summary>Failure thresholds.</summary>
    public FailureLimits Failures { get; init; } = new();

    /// <summary>Limits on task output (setting <c>artifacts</c>).</summary>
    public ArtifactLimits Artifacts { get; init; } = new();

    /// <summary>Limits on what one submission may store (setting <c>jobs</c>).</summary>
    public JobSizeLimits Jobs { get; init; } = new();

    /// <summary>Limits on open pages of the dashboard (setting <c>dashboard</c>).</summary>
    public PageLimits Pages { get; init; } = new();

    /// <summary>How many days the audit keeps its entries; 0 keeps them all.</summary>
    public int AuditDays { get; init; } = 90;

    /// <summary>A task without updates for this long is taken from its worker; zero disables the check, also for workers.</summary>
    public TimeSpan TaskTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A worker without a sign of life for this long goes into status error; zero disables this check.</summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
