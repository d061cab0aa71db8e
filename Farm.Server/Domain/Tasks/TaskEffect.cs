namespace Farm.Server.Domain.Tasks;

/// <summary>The effect on completed steps.</summary>
internal enum StepsEffect
{
    /// <summary>Unchanged, or set to what the worker reported.</summary>
    Keep,

    /// <summary>Set to 0.</summary>
    None,

    /// <summary>Set to the total.</summary>
    All,
}

/// <summary>The effect on a stored time of a task.</summary>
internal enum TimeEffect
{
    /// <summary>Unchanged.</summary>
    Keep,

    /// <summary>Set to the time of the change.</summary>
    Now,

    /// <summary>Cleared.</summary>
    Clear,
}

/// <summary>The effect on a counter of a task.</summary>
internal enum CountEffect
{
    /// <summary>Unchanged.</summary>
    Keep,

    /// <summary>Incremented.</summary>
    Add,

    /// <summary>Set to 0.</summary>
    Clear,
}

/// <summary>The effect on the attempt of a task.</summary>
internal enum AttemptEffect
{
    /// <summary>The task has no attempt, before or after.</summary>
    None,

    /// <summary>A new attempt begins.</summary>
    Begin,

    /// <summary>The current attempt ends.</summary>
    End,
}

/// <summary>
/// All effects of a change of a task's status. They depend only on the change, so that single tasks, slices of jobs and batches are treated
/// alike.
/// </summary>
/// <param name="From">The old status.</param>
/// <param name="To">The new status.</param>
/// <param name="Cause">The cause.</param>
internal sealed record TaskEffect(TaskStatus From, TaskStatus To, TaskCause Cause)
{
    /// <summary>Completed steps.</summary>
    public StepsEffect Steps { get; init; }

    /// <summary>When it was handed out.</summary>
    public TimeEffect StartedAt { get; init; }

    /// <summary>When it last got an update.</summary>
    public TimeEffect TouchedAt { get; init; }

    /// <summary>When it was completed.</summary>
    public TimeEffect CompletedAt { get; init; }

    /// <summary>The attempt that holds it.</summary>
    public AttemptEffect Attempt { get; init; }

    /// <summary>The outcome of the attempt, if it ends.</summary>
    public AttemptOutcome Outcome { get; init; }

    /// <summary>Whether its files are removed. Only files of the attempt that completed the task are kept.</summary>
    public bool RemovesFiles { get; init; }

    /// <summary>Number of failures.</summary>
    public CountEffect Errors { get; init; }

    /// <summary>Number of timeouts.</summary>
    public CountEffect Timeouts { get; init; }

    /// <summary>The change per task in the stage's number of ready tasks.</summary>
    public int Ready => (To.IsReady() ? 1 : 0) - (From.IsReady() ? 1 : 0);

    /// <summary>The change per task in the stage's number of incomplete tasks.</summary>
    public int Incomplete => (To == TaskStatus.Completed ? 0 : 1) - (From == TaskStatus.Completed ? 0 : 1);

    /// <summary>The completed steps after the change.</summary>
    /// <param name="before">The completed steps before the change.</param>
    /// <param name="total">The total steps of the task.</param>
    /// <param name="reported">The steps that the worker reported with the change; null for none.</param>
    public int StepsAfter(int before, int total, int? reported) => Steps switch
    {
        StepsEffect.None => 0,
        StepsEffect.All => total,
        _ => reported ?? before,
    };
}
