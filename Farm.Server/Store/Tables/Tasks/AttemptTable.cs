using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads and writes attempts, which are kept as long as their job.</summary>
internal static class AttemptTable
{
    private const string Columns = "id, task_id, worker_id, started_at, outcome, report";

    /// <summary>The newest attempt of a task by a worker, or null.</summary>
    public static Attempt? Newest(StoreSession db, long taskId, long workerId) => db.First(
        $"SELECT {Columns} FROM attempts WHERE task_id = $1 AND worker_id = $2 ORDER BY id DESC LIMIT 1", Read, taskId, workerId);

    /// <summary>The attempt with this id, or null.</summary>
    public static Attempt? ById(StoreSession db, long id) => db.First($"SELECT {Columns} FROM attempts WHERE id = $1", Read, id);

    /// <summary>Begins an attempt for each task, by the worker of its change.</summary>
    /// <returns>The new attempt of each task.</returns>
    public static Dictionary<long, long> Insert(StoreSession db, IReadOnlyList<TaskRowChange> changes, long now) => db.All(
        """
        INSERT INTO attempts (task_id, worker_id, started_at, batch_id)
        SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), $2, CAST(value ->> 2 AS BIGINT) FROM json_each($1, '$')
        RETURNING task_id, id
        """,
        static row => KeyValuePair.Create(row.GetInt64(0), row.GetInt64(1)),
        RowList.Json(changes, static (json, change) =>
        {
            json.WriteNumberValue(change.Task.Id);
            json.Number(change.Values.WorkerId);
            json.Number(change.Values.BatchId);
        }),
        now).ToDictionary();

    /// <summary>Ends the current attempts of tasks.</summary>
    public static void End(StoreSession db, IReadOnlyList<TaskRowChange> changes, AttemptOutcome outcome, long now) => db.Later(
        """
        UPDATE attempts SET ended_at = $2, outcome = $3, report = r.new_report
        FROM (SELECT CAST(value ->> 0 AS BIGINT) AS attempt, unhex(value ->> 1) AS new_report FROM json_each($1, '$')) AS r WHERE attempts.id = r.attempt
        """,
        RowList.Json(changes, static (json, change) =>
        {
            json.Number(change.Task.AttemptId);
            json.Bytes(change.Values.Report);
        }),
        now, outcome);

    /// <summary>Counts another sign-on of the worker while it holds the task; returns the total.</summary>
    public static long CountReturn(StoreSession db, long id) =>
        db.First("UPDATE attempts SET returns = returns + 1 WHERE id = $1 RETURNING returns", static row => row.GetInt64(0), id);

    private static Attempt Read(StoreRow row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (AttemptOutcome)row.GetInt32(4),
        row.IsDBNull(5) ? null : row.GetBytes(5));
}
