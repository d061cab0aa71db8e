using System.Diagnostics.Metrics;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// Counts assigned tasks and worker updates for monitoring (<c>GET /metrics</c>). Only committed changes are
/// counted.
/// </summary>
internal static class TaskMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Farm.Tasks";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> HandedOut = Meter.CreateCounter<long>(
        "farm.tasks.handed_out", null, "Tasks handed out to workers.");

    private static readonly Counter<long> Updates = Meter.CreateCounter<long>(
        "farm.task.updates", null, "Task updates from workers: accepted, repeated, or too late.");

    // Cached, so that counting does not allocate on the hot path.
    private static readonly Action OneHandedOut = () => HandedOut.Add(1);
    private static readonly Action OneAccepted = Update("accepted");
    private static readonly Action OneRepeated = Update("repeated");
    private static readonly Action OneLate = Update("late");

    /// <summary>Counts a task that was handed to a worker.</summary>
    public static void TaskHandedOut(WriteTransaction tx) => tx.AfterCommit(OneHandedOut);

    /// <summary>Counts tasks that were handed to a worker together.</summary>
    public static void TasksHandedOut(WriteTransaction tx, int tasks) => tx.AfterCommit(() => HandedOut.Add(tasks));

    /// <summary>Counts an update from a worker.</summary>
    public static void Updated(WriteTransaction tx, ReportVerdict verdict) => tx.AfterCommit(verdict switch
    {
        ReportVerdict.Accepted => OneAccepted,
        ReportVerdict.Repeated => OneRepeated,
        _ => OneLate,
    });

    /// <summary>Counts an accepted update of several tasks.</summary>
    public static void TasksUpdated(WriteTransaction tx, long tasks) => tx.AfterCommit(Update("accepted", tasks));

    private static Action Update(string outcome, long tasks = 1)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome);
        return () => Updates.Add(tasks, tag);
    }
}
