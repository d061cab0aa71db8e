using System.Diagnostics.Metrics;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// Counts what workers are handed and what they say of it, for whoever watches the farm (<c>GET /metrics</c>). What is not on disk is not
/// counted.
/// </summary>
internal static class TaskMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Farm.Tasks";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> HandedOut = Meter.CreateCounter<long>(
        "farm.tasks.handed_out", null, "Tasks that were handed to workers.");

    private static readonly Counter<long> Updates = Meter.CreateCounter<long>(
        "farm.task.updates", null, "Updates of tasks that workers sent: taken, a repeat of one that was taken, or too late to count.");

    // Made once: counting costs the hot path no memory.
    private static readonly Action OneHandedOut = () => HandedOut.Add(1);
    private static readonly Action OneAccepted = Update("accepted");
    private static readonly Action OneRepeated = Update("repeated");
    private static readonly Action OneLate = Update("late");

    /// <summary>A task was handed to a worker.</summary>
    public static void TaskHandedOut(WriteTransaction tx) => tx.AfterCommit(OneHandedOut);

    /// <summary>Tasks were handed to a worker together.</summary>
    public static void TasksHandedOut(WriteTransaction tx, int tasks) => tx.AfterCommit(() => HandedOut.Add(tasks));

    /// <summary>A worker sent an update.</summary>
    public static void Updated(WriteTransaction tx, ReportVerdict verdict) => tx.AfterCommit(verdict switch
    {
        ReportVerdict.Accepted => OneAccepted,
        ReportVerdict.Repeated => OneRepeated,
        _ => OneLate,
    });

    /// <summary>A worker sent one update of several tasks, and it was taken.</summary>
    public static void TasksUpdated(WriteTransaction tx, long tasks) => tx.AfterCommit(Update("accepted", tasks));

    private static Action Update(string outcome, long tasks = 1)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome);
        return () => Updates.Add(tasks, tag);
    }
}
