namespace Farm.Server.Domain;

/// <summary>Status of the whole farm (Contracts/Flamenco/Contract.md section 4.8).</summary>
internal enum FarmStatus
{
    /// <summary>It has just started.</summary>
    Starting,

    /// <summary>No worker can take a task: there are none, or all are offline or in error.</summary>
    Inoperative,

    /// <summary>A job is active and a worker is awake.</summary>
    Active,

    /// <summary>There is work, but no worker is awake or no job has started.</summary>
    Waiting,

    /// <summary>There is no work, and the workers are asleep.</summary>
    Asleep,

    /// <summary>There is no work.</summary>
    Idle,
}

/// <summary>The facts that determine the status of the farm.</summary>
/// <param name="JobsActive">Number of active jobs.</param>
/// <param name="JobsQueued">Number of queued jobs.</param>
/// <param name="WorkersPresent">Number of workers that are neither offline nor in error.</param>
/// <param name="WorkersAwake">Number of workers that take tasks.</param>
/// <param name="WorkersAsleep">Number of sleeping workers.</param>
internal readonly record struct FarmFacts(long JobsActive, long JobsQueued, long WorkersPresent, long WorkersAwake, long WorkersAsleep);

/// <summary>Determines the status of the farm from its jobs and workers.</summary>
internal static class FarmStatusRules
{
    /// <summary>How long the farm counts as starting.</summary>
    public static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(1);

    /// <summary>Applies the first matching rule of section 4.8.</summary>
    /// <param name="facts">The numbers of jobs and workers.</param>
    /// <param name="running">Time since the farm started.</param>
    public static FarmStatus Decide(FarmFacts facts, TimeSpan running)
    {
        if (running < StartingTime) return FarmStatus.Starting;
        if (facts.WorkersPresent == 0) return FarmStatus.Inoperative;
        if (facts is { JobsActive: > 0, WorkersAwake: > 0 }) return FarmStatus.Active;
        if (facts.JobsActive + facts.JobsQueued > 0) return FarmStatus.Waiting;
        return facts is { WorkersAwake: 0, WorkersAsleep: > 0 } ? FarmStatus.Asleep : FarmStatus.Idle;
    }

    /// <summary>The name of a status, such as <c>inoperative</c>.</summary>
    public static string Name(this FarmStatus status) => status.ToString().ToLowerInvariant();
}
