using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Operations.Reading;

/// <summary>How it went with a task so far. Times are unix milliseconds.</summary>
/// <param name="Index">Its place in the job, from 0.</param>
/// <param name="Status">What it is at.</param>
/// <param name="Frames">The frames that it makes, as ranges; null if it makes none.</param>
/// <param name="Worker">The name of the worker that has it, or had it last; null when none ever did.</param>
/// <param name="StepsCompleted">Steps done.</param>
/// <param name="StepsTotal">Steps in all.</param>
/// <param name="Activity">What people read beside it.</param>
/// <param name="Errors">How often workers failed it.</param>
/// <param name="StartedAt">When it was handed out; null when it was not, or was put back since.</param>
/// <param name="CompletedAt">When it was completed; null when it is not.</param>
internal sealed record TaskEntry(
    int Index, TaskStatus Status, string? Frames, string? Worker, int StepsCompleted, int StepsTotal, string Activity, int Errors, long? StartedAt,
    long? CompletedAt);

/// <summary>What the tasks of a job add up to. Times are unix milliseconds.</summary>
/// <param name="Errors">How often workers failed its tasks.</param>
/// <param name="StartedAt">When the first of them was handed out; null when none was.</param>
/// <param name="CompletedAt">When the last of them was completed; null when none is.</param>
internal readonly record struct JobTotals(long Errors, long? StartedAt, long? CompletedAt);

/// <summary>Reads how it went with the tasks of a job.</summary>
internal sealed class TaskEntries(FarmStore store)
{
    private const string Query =
        """
        SELECT t.number, t.status, t.frames, w.name, t.steps_completed, t.steps_total, t.activity, t.errors, t.started_at, t.completed_at
        FROM tasks t LEFT JOIN workers w ON w.id = t.worker_id
        """;

    /// <summary>Tasks of a job in the order of their places, those after a place; -1 is before the first.</summary>
    public List<TaskEntry> OfJob(long jobId, long after, int count) => store.Read(db => db.All(
        $"{Query} WHERE t.job_id = $1 AND t.number > $2 ORDER BY t.number LIMIT $3", Read, jobId, after, count));

    /// <summary>The task at a place of a job, or null.</summary>
    public TaskEntry? Find(long jobId, long place) =>
        store.Read(db => db.First($"{Query} WHERE t.job_id = $1 AND t.number = $2", Read, jobId, place));

    /// <summary>What all tasks of a job add up to.</summary>
    public JobTotals Totals(long jobId) => store.Read(db => db.First(
        "SELECT coalesce(sum(errors), 0), min(started_at), max(completed_at) FROM tasks WHERE job_id = $1",
        static row => new JobTotals(row.GetInt64(0), row.NumberOrNull(1), row.NumberOrNull(2)), jobId));

    private static TaskEntry Read(SqliteRow row) => new(
        row.GetInt32(0), (TaskStatus)row.GetInt32(1), row.TextOrNull(2), row.TextOrNull(3), row.GetInt32(4), row.GetInt32(5), row.GetString(6),
        row.GetInt32(7), row.NumberOrNull(8), row.NumberOrNull(9));
}
