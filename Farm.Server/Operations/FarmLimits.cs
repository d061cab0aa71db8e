using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Tasks;

namespace Farm.Server.Operations;

/// <summary>The limits that a studio may set (Contracts/Flamenco/Contract.md section 9, keys of the same names, where nothing else is said).</summary>
internal sealed record FarmLimits
{
    /// <summary>When failures add up.</summary>
    public FailureLimits Failures { get; init; } = new();

    /// <summary>How much the tasks of a job may produce (the setting <c>artifacts</c>).</summary>
    public ArtifactLimits Artifacts { get; init; } = new();

    /// <summary>A task is taken from its worker when it was not touched for this long; zero turns the check off, for workers too.</summary>
    public TimeSpan TaskTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A worker that was not heard from for this long is put into error; zero turns that check off.</summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After a start nothing times out for this long, so that workers can come back first.</summary>
    public TimeSpan TimeoutGrace { get; init; } = TimeSpan.FromMinutes(5);
}
