namespace Farm.Server.Domain.Tasks;

/// <summary>The number of tasks in each status.</summary>
internal readonly record struct TaskCounts(
    long Queued, long SoftFailed, long Pended, long Active, long Paused, long Completed, long Failed, long Canceled)
{
    /// <summary>The number of all tasks.</summary>
    public long Total => Queued + SoftFailed + Pended + Active + Paused + Completed + Failed + Canceled;

    /// <summary>Adds two counts.</summary>
    public static TaskCounts operator +(TaskCounts a, TaskCounts b) => new(
        a.Queued + b.Queued, a.SoftFailed + b.SoftFailed, a.Pended + b.Pended, a.Active + b.Active,
        a.Paused + b.Paused, a.Completed + b.Completed, a.Failed + b.Failed, a.Canceled + b.Canceled);

    /// <summary>The number of tasks in a status.</summary>
    public long this[TaskStatus status] => status switch
    {
        TaskStatus.Queued => Queued,
        TaskStatus.SoftFailed => SoftFailed,
        TaskStatus.Pended => Pended,
        TaskStatus.Active => Active,
        TaskStatus.Paused => Paused,
        TaskStatus.Completed => Completed,
        TaskStatus.Failed => Failed,
        TaskStatus.Canceled => Canceled,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
