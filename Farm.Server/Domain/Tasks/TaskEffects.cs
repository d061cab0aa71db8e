namespace Farm.Server.Domain.Tasks;

/// <summary>
/// The table of effects (Docs/design.md section 1, rule 5): for each change of a task's status and its cause, the effects on steps, times,
/// attempt, files and counters. All SQL that changes a task's status, for one task or many, is generated from it.
/// </summary>
internal static class TaskEffects
{
    private static readonly int Causes = Enum.GetValues<TaskCause>().Length;
    private static readonly TaskEffect?[] Table = new TaskEffect?[TaskStatusNames.Count * TaskStatusNames.Count * Causes];

    /// <summary>The effects of all possible changes.</summary>
    public static IEnumerable<TaskEffect> All { get; } =
    [
        .. from before in Enum.GetValues<TaskStatus>()
           from after in Enum.GetValues<TaskStatus>()
           from cause in Enum.GetValues<TaskCause>()
           where IsPossible(before, after, cause)
           select Of(before, after, cause),
    ];

    /// <summary>The effects of a change; always the same object for the same change.</summary>
    /// <exception cref="InvalidOperationException">The change is not possible.</exception>
    public static TaskEffect Of(TaskStatus from, TaskStatus to, TaskCause cause)
    {
        ref var effect = ref Table[Number(from, to, cause)];
        return effect ??= IsPossible(from, to, cause)
            ? Make(from, to, cause)
            : throw new InvalidOperationException($"a task cannot change from {from.Name()} to {to.Name()} by {cause}");
    }

    /// <summary>A unique number for each change, from 0 and less than <see cref="Count"/>.</summary>
    public static int Number(TaskStatus from, TaskStatus to, TaskCause cause) =>
        ((((int)from * TaskStatusNames.Count) + (int)to) * Causes) + (int)cause;

    /// <summary>The number of combinations.</summary>
    public static int Count => Table.Length;

    /// <summary>Whether the change is possible. A task becomes active only by being handed out.</summary>
    public static bool IsPossible(TaskStatus from, TaskStatus to, TaskCause cause)
    {
        if (from == to) return false;
        if (cause == TaskCause.HandOut) return from.IsReady() && to == TaskStatus.Active;
        if (to == TaskStatus.Active) return false;
        // All other causes require a worker that holds the task.
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
        // Only active and completed tasks have files.
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
        TaskCause.WorkerLeft => AttemptOutcome.Returned,
        TaskCause.WorkerLost or TaskCause.Timeout => AttemptOutcome.TimedOut,
        _ => AttemptOutcome.Revoked,
    };
}
