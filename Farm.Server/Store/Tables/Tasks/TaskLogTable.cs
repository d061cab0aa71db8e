using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Writes task logs. They are in the database, so that log text is committed together with the change that it belongs to; protocols that
/// show log files generate them on request.
/// </summary>
internal static class TaskLogTable
{
    // The view task_log_lines looks this far back for a range that contains a task.
    private const int MaxRange = 1024;

    private const string UnlessKnown = "ON CONFLICT (attempt_id, log_part) WHERE log_part IS NOT NULL DO NOTHING";

    /// <summary>Appends text to the log of a task; adds a missing newline at the end.</summary>
    public static void Append(StoreSession db, long taskId, long? attemptId, string text)
    {
        if (text.Length > 0) db.Later("INSERT INTO task_logs (task_id, attempt_id, text) VALUES ($1, $2, $3)", taskId, attemptId, Lines(text));
    }

    /// <summary>Appends text to the log of a task, unless its attempt has a part with this number.</summary>
    public static void Append(StoreSession db, TaskLogRow text)
    {
        if (text.Text.Length > 0)
            db.Later($"INSERT INTO task_logs (task_id, attempt_id, text, log_part) VALUES ($1, $2, $3, $4) {UnlessKnown}", text.TaskId, text.AttemptId, Lines(text.Text), text.Part);
    }

    /// <summary>Appends texts to the logs of tasks, in this order; leaves out empty ones, and numbered ones that the attempt has.</summary>
    public static void Append(StoreSession db, IEnumerable<TaskLogRow> texts) => db.Later(
        $"""
        INSERT INTO task_logs (task_id, attempt_id, text, log_part)
        SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), value ->> 2, CAST(value ->> 3 AS BIGINT) FROM json_each($1, '$') WHERE true
        {UnlessKnown}
        """,
        RowList.Json(texts.Where(static row => row.Text.Length > 0), static (json, row) =>
        {
            json.WriteNumberValue(row.TaskId);
            json.Number(row.AttemptId);
            json.WriteStringValue(Lines(row.Text));
            json.Number(row.Part);
        }));

    /// <summary>Appends the same lines to the logs of many tasks of a job. The text is stored once.</summary>
    public static void AppendShared(StoreSession db, long jobId, IReadOnlyList<TaskRef> tasks, string lines)
    {
        if (lines.Length == 0) return;
        var log = db.Insert("INSERT INTO task_logs (task_id, text) VALUES (0, $1)", lines);
        foreach (var (first, last) in Ranges(tasks))
            db.Execute("INSERT INTO task_log_ranges (job_id, first_number, last_number, log_id) VALUES ($1, $2, $3, $4)", jobId, first, last, log);
    }

    /// <summary>Removes lines that tasks of a job share, at most so many ranges at once; returns how many.</summary>
    public static int RemoveShared(StoreSession db, long jobId, int count)
    {
        const string Some = "SELECT first_number, log_id FROM task_log_ranges WHERE job_id = $1 ORDER BY first_number, log_id LIMIT $2";
        db.Execute($"DELETE FROM task_logs WHERE id IN (SELECT log_id FROM ({Some}) AS part)", jobId, count);
        return db.Execute($"DELETE FROM task_log_ranges WHERE job_id = $1 AND (first_number, log_id) IN ({Some})", jobId, count);
    }

    private static string Lines(string text) => text.EndsWith('\n') ? text : text + "\n";

    private static IEnumerable<(long First, long Last)> Ranges(IReadOnlyList<TaskRef> tasks)
    {
        var indexes = tasks.Select(task => task.Index).ToArray();
        Array.Sort(indexes);
        var first = indexes[0];
        for (var i = 1; i < indexes.Length; i++)
        {
            if (indexes[i] == indexes[i - 1] + 1 && indexes[i] - first < MaxRange) continue;
            yield return (first, indexes[i - 1]);
            first = indexes[i];
        }

        yield return (first, indexes[^1]);
    }
}
