namespace Farm.Server.Domain.Tasks;

/// <summary>What happens to the steps that count as done.</summary>
internal enum StepsEffect
{
    /// <summary>They stay, or are what the worker reported last.</summary>
    Keep,

    /// <summary>None is done any more.</summary>
    None,

    /// <summary>All are done.</summary>
    All,
}

/// <summary>What happens to a stored time of a task.</summary>
internal enum TimeEffect
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>Set to the time of the change.</summary>
    Now,

    /// <summary>Cleared.</summary>
    Clear,
}

/// <summary>What happens to a counter of a task.</summary>
internal enum CountEffect
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It grows by one.</summary>
    Add,

    /// <summary>It is zero again.</summary>
    Clear,
}

/// <summary>What happens to the attempt of a task.</summary>
internal enum AttemptEffect
{
    /// <summary>Nobody holds the task, before and after.</summary>
    None,

    /// <summary>A new one begins.</summary>
    Begin,

    /// <summary>The one that holds the task ends.</summary>
    End,
}

/// <summary>
/// All effects of a change of the status of a task. It depends on nothing but the change, so that one task, a slice of a job and a batch
/// are treated alike.
/// </summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status afterwards.</param>
/// <param name="Cause">Why.</param>
internal sealed record TaskEffect(TaskStatus From, TaskStatus To, TaskCause Cause)
{
    /// <summary>The steps done.</summary>
    public StepsEffect Steps { get; init; }

    /// <summary>When it was handed out.</summary>
    public TimeEffect StartedAt { get; init; }

    /// <summary>When it last got an update.</summary>
    public TimeEffect TouchedAt { get; init; }

    /// <summary>When it was completed.</summary>
    public TimeEffect CompletedAt { get; init; }

    /// <summary>Who holds it.</summary>
    public AttemptEffect Attempt { get; init; }

    /// <summary>How the attempt ends, where one does.</summary>
    public AttemptOutcome Outcome { get; init; }

    /// <summary>Whether the files that it produced go. Only files of the attempt that completed a task stay.</summary>
    public bool RemovesFiles { get; init; }

    /// <summary>How often workers failed it.</summary>
    public CountEffect Errors { get; init; }

    /// <summary>How often it was taken from a silent worker.</summary>
    public CountEffect Timeouts { get; init; }

    /// <summary>By how much the tasks of its stage that can be handed out change, for one task.</summary>
    public int Ready => (To.IsReady() ? 1 : 0) - (From.IsReady() ? 1 : 0);

    /// <summary>By how much the tasks of its stage that are not completed change, for one task.</summary>
    public int Incomplete => (To == TaskStatus.Completed ? 0 : 1) - (From == TaskStatus.Completed ? 0 : 1);

    /// <summary>The steps done afterwards.</summary>
    /// <param name="before">The steps done before.</param>
    /// <param name="total">The steps of the task.</param>
    /// <param name="reported">What the worker reported together with the change; null for nothing.</param>
    public int StepsAfter(int before, int total, int? reported) => Steps switch
    {
        StepsEffect.None => 0,
        StepsEffect.All => total,
        _ => reported ?? before,
    };
}
