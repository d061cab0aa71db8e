using System.Globalization;
using Farm.Server.Contracts.Deadline.Messages;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Maps tasks to messages of this protocol.</summary>
internal static class Mapping
{
    private const string Unset = "0001-01-01T00:00:00Z";

    /// <summary>A task (Contracts/Deadline/Contract.md section 5).</summary>
    public static TaskMessage Message(Guid job, TaskRow task) => new()
    {
        JobID = Id(job),
        TaskID = task.Index,
        Frames = task.Frames ?? $"{task.Index}-{task.Index}",
        Slave = HasRun(task) ? task.Worker?.Name ?? "" : "",
        Stat = Stat(task.Status),
        Prog = $"{Percent(task)} %",
        RndStat = task.Status == TaskStatus.Active ? task.Activity : "",
        Errs = task.Errors,
        Start = Time(HasRun(task) ? task.StartedAt : null),
        StartRen = Time(HasRun(task) ? task.StartedAt : null),
        Comp = Time(task.CompletedAt),
        Id = $"{Id(job)}_{task.Index}",
    };

    /// <summary>A job id; clients put it into URLs unescaped.</summary>
    public static string Id(Guid job) => job.ToString("D");

    /// <summary>The protocol's number for a task status (Contracts/Deadline/Contract.md section 7).</summary>
    public static int Stat(TaskStatus status) => status switch
    {
        TaskStatus.Queued or TaskStatus.SoftFailed => 2,
        TaskStatus.Paused or TaskStatus.Canceled => 3,
        TaskStatus.Active => 4,
        TaskStatus.Completed => 5,
        TaskStatus.Failed => 6,
        TaskStatus.Pended => 8,
        _ => 1,
    };

    /// <summary>A time with milliseconds. Null becomes the year 1, a literal that clients compare with.</summary>
    public static string Time(long? milliseconds) => milliseconds is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture)
        : Unset;

    /// <summary>Whether the stored worker and times belong to the task's current status.</summary>
    private static bool HasRun(TaskRow task) =>
        task.StartedAt is not null && task.Status is (TaskStatus.Active or TaskStatus.Completed or TaskStatus.Failed);

    private static long Percent(TaskRow task) => task.Status switch
    {
        TaskStatus.Completed => 100,
        TaskStatus.Active or TaskStatus.Failed when task.StepsTotal > 0 => task.StepsCompleted * 100L / task.StepsTotal,
        _ => 0,
    };
}
