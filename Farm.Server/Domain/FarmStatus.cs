namespace Farm.Server.Domain;

/// <summary>Status of the whole farm (Contracts/Flamenco/Contract.md section 4.8).</summary>
internal enum FarmStatus
{
    /// <summary>It has only just started.</summary>
    Starting,

    /// <summary>No worker could take a task: there are none, or all are offline or in error.</summary>
    Inoperative,

    /// <summary>A job is active and a worker is awake.</summary>
    Active,

    /// <summary>There is work, and no worker is awake to do it, or none of it was begun.</summary>
    Waiting,

    /// <summary>There is no work, and the workers sleep.</summary>
    Asleep,

    /// <summary>There is no work.</summary>
    Idle,
}

/// <summary>What the status of the farm follows from.</summary>
/// <param name="JobsActive">Jobs of which something was handed out.</param>
/// <param name="JobsQueued">Jobs that wait.</param>
/// <param name="WorkersPresent">Workers that are neither offline nor in error.</param>
/// <param name="WorkersAwake">Workers that take tasks.</param>
/// <param name="WorkersAsleep">Workers that sleep.</param>
internal readonly record struct FarmFacts(long JobsActive, long JobsQueued, long WorkersPresent, long WorkersAwake, long WorkersAsleep);

/// <summary>How the status of the farm follows from its jobs and workers.</summary>
internal static class FarmStatusRules
{
    /// <summary>For how long a farm is starting.</summary>
    public static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(1);

    /// <summary>The first of the rules of section 4.8 that fits.</summary>
    /// <param name="facts">Jobs and workers.</param>
    /// <param name="running">For how long the farm has been running.</param>
    public static FarmStatus Decide(FarmFacts facts, TimeSpan running)
    {
        if (running < StartingTime) return FarmStatus.Starting;
        if (facts.WorkersPresent == 0) return FarmStatus.Inoperative;
        if (facts is { JobsActive: > 0, WorkersAwake: > 0 }) return FarmStatus.Active;
        if (facts.JobsActive + facts.JobsQueued > 0) return FarmStatus.Waiting;
        return facts is { WorkersAwake: 0, WorkersAsleep: > 0 } ? FarmStatus.Asleep : FarmStatus.Idle;
    }

    /// <summary>The name for a status, such as <c>inoperative</c>.</summary>
    public static string Name(this FarmStatus status) => status.ToString().ToLowerInvariant();
}
