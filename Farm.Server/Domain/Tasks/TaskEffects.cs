namespace Farm.Server.Domain.Tasks;

/// <summary>
/// The one table of effects (Docs/design.md section 1, rule 5): for each change of a task's status and its cause, what happens to the task's steps,
/// times, attempt, files and counters. SQL for one task and for many is made from it, and written nowhere else.
/// </summary>
internal static class TaskEffects
{
    private static readonly int Causes = Enum.GetValues<TaskCause>().Length;
    private static readonly TaskEffect?[] Table = new TaskEffect?[TaskStatusNames.Count * TaskStatusNames.Count * Causes];

    /// <summary>All changes that can happen, whatever their cause: a task becomes active by being handed out, and by nothing else.</summary>
    public static IEnumerable<TaskEffect> All { get; } =
    [
        .. from before in Enum.GetValues<TaskStatus>()
           from after in Enum.GetValues<TaskStatus>()
           from cause in Enum.GetValues<TaskCause>()
           where IsPossible(before, after, cause)
           select Of(before, after, cause),
    ];

    /// <summary>The effects of a change. The same change always gives the same object.</summary>
    /// <exception cref="InvalidOperationException">No task can make this change.</exception>
    public static TaskEffect Of(TaskStatus from, TaskStatus to, TaskCause cause)
    {
        ref var effect = ref Table[Number(from, to, cause)];
        return effect ??= IsPossible(from, to, cause)
            ? Make(from, to, cause)
            : throw new InvalidOperationException($"a task does not change from {from.Name()} to {to.Name()} by {cause}");
    }

    /// <summary>A number for each change, from 0, below <see cref="Count"/>.</summary>
    public static int Number(TaskStatus from, TaskStatus to, TaskCause cause) =>
        ((((int)from * TaskStatusNames.Count) + (int)to) * Causes) + (int)cause;

    /// <summary>How many numbers there are.</summary>
    public static int Count => Table.Length;

    /// <summary>Whether a task can change like that.</summary>
    public static bool IsPossible(TaskStatus from, TaskStatus to, TaskCause cause)
    {
        if (from == to) return false;
        if (cause == TaskCause.HandOut) return from.IsReady() && to == TaskStatus.Active;
        if (to == TaskStatus.Active) return false;
        // What only a worker that holds the task can bring about.
        return cause is TaskCause.Person or TaskCause.Job or TaskCause.Blocklist || from == TaskStatus.Active;
    }

    private static TaskEffect Make(TaskStatus from, TaskStatus to, TaskCause cause) => new(from, to, cause)
    {
        Steps = to switch
        {
            TaskStatus.Completed => StepsEffect.All,
            TaskStatus.Queued or TaskStatus.Paused or TaskStatus.Pended => StepsEffect.None,
            _ => StepsEffect.Keep,
        },
        StartedAt = to switch
        {
            TaskStatus.Active => TimeEffect.Now,
            TaskStatus.Queued or TaskStatus.Paused or TaskStatus.Pended => TimeEffect.Clear,
            _ => TimeEffect.Keep,
        },
        TouchedAt = to == TaskStatus.Active ? TimeEffect.Now : TimeEffect.Keep,
        CompletedAt = to == TaskStatus.Completed ? TimeEffect.Now : from == TaskStatus.Completed ? TimeEffect.Clear : TimeEffect.Keep,
        Attempt = to == TaskStatus.Active ? AttemptEffect.Begin : from == TaskStatus.Active ? AttemptEffect.End : AttemptEffect.None,
        Outcome = Outcome(cause),
        // Nothing but a held task and a completed one has files.
        RemovesFiles = from is TaskStatus.Active or TaskStatus.Completed && (to != TaskStatus.Completed || cause != TaskCause.Done),
        Errors = cause switch
        {
            TaskCause.Failure => CountEffect.Add,
            // A task that is requeued after its first timeout has not failed.
            TaskCause.WorkerLost or TaskCause.Timeout when to is TaskStatus.Failed or TaskStatus.SoftFailed => CountEffect.Add,
            _ => CountEffect.Keep,
        },
        Timeouts = cause switch
        {
            TaskCause.Timeout => CountEffect.Add,
            TaskCause.Person or TaskCause.Job when to == TaskStatus.Queued => CountEffect.Clear,
            _ => CountEffect.Keep,
        },
    };

    private static AttemptOutcome Outcome(TaskCause cause) => cause switch
    {
        TaskCause.Done => AttemptOutcome.Completed,
        TaskCause.Failure => AttemptOutcome.Failed,
        TaskCause.WorkerLeft => AttemptOutcome.GivenBack,
        TaskCause.WorkerLost or TaskCause.Timeout => AttemptOutcome.TimedOut,
        _ => AttemptOutcome.TakenAway,
    };
}
