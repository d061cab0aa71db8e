using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads and writes tasks.</summary>
internal static class TaskTable
{
    private const string Columns =
        """
        t.id, t.uuid, t.job_id, t.stage_id, t.number, t.name, t.status, t.steps_completed, t.steps_total, t.attempt_id, t.worker_id, t.timeouts,
        (SELECT uuid FROM jobs WHERE id = t.job_id), (SELECT uuid FROM workers WHERE id = t.worker_id)
        """;

    private const int ColumnCount = 14;

    private static readonly IdQuery ReadyQuery = new(
        $"""
        SELECT {Columns},
          (SELECT group_concat(CAST(f.worker_id AS TEXT), ',') FROM task_failures f WHERE f.task_id = t.id AND f.worker_id IN ids($4))
        FROM tasks t WHERE t.stage_id = $1 AND t.number >= $2 AND t.status IN (0, 1) ORDER BY t.number LIMIT $3
        """);

    /// <summary>The task with this id, or null.</summary>
    public static FarmTask? ById(StoreSession db, long id) => db.First($"SELECT {Columns} FROM tasks t WHERE t.id = $1", Read, id);

    /// <summary>The task with this UUID, or null.</summary>
    public static FarmTask? ByUuid(StoreSession db, Guid uuid) => db.First($"SELECT {Columns} FROM tasks t WHERE t.uuid = $1", Read, uuid);

    /// <summary>The tasks with these UUIDs.</summary>
    public static List<FarmTask> ByUuids(StoreSession db, IEnumerable<Guid> uuids) =>
        db.All($"SELECT {Columns} FROM tasks t WHERE t.uuid IN (SELECT unhex(value) FROM json_each($1))", Read, IdList.Json(uuids));

    /// <summary>Reads a task again; null if its attempt no longer holds it.</summary>
    public static FarmTask? IfStillHeld(StoreSession db, FarmTask task) =>
        ByUuid(db, task.Uuid) is { } present && present.AttemptId == task.AttemptId ? present : null;

    /// <summary>The task at this index of a job, or null.</summary>
    public static FarmTask? ByNumber(StoreSession db, long jobId, long number) =>
        db.First($"SELECT {Columns} FROM tasks t WHERE t.job_id = $1 AND t.number = $2", Read, jobId, number);

    /// <summary>The tasks that a worker holds.</summary>
    public static List<FarmTask> HeldBy(StoreSession db, long workerId) =>
        db.All($"SELECT {Columns} FROM tasks t WHERE t.worker_id = $1 AND t.status = 3 ORDER BY t.id", Read, workerId);

    /// <summary>The first ready tasks of a stage from an index on, each with those of some workers that failed it.</summary>
    /// <param name="db">The session.</param>
    /// <param name="stageId">The stage.</param>
    /// <param name="from">The lowest index.</param>
    /// <param name="count">The most tasks.</param>
    /// <param name="workers">The workers.</param>
    public static List<(FarmTask Task, long[] FailedOn)> Ready(StoreSession db, long stageId, long from, int count, IdSet workers) => db.All(
        ReadyQuery.For(workers), static row => (Read(row), IdList.Joined(row.TextOrNull(ColumnCount))), stageId, from, count, workers.Value);

    /// <summary>The tasks of a job that a worker failed for good.</summary>
    public static List<FarmTask> HardFailedBy(StoreSession db, long jobId, long workerId) => db.All(
        $"""
        SELECT {Columns} FROM task_failures f JOIN tasks t ON t.id = f.task_id
        WHERE f.job_id = $1 AND f.worker_id = $2 AND t.worker_id = $2 AND t.status = 6 ORDER BY t.number
        """,
        Read, jobId, workerId);

    /// <summary>Tasks of a job from an index on, by index.</summary>
    public static List<FarmTask> Slice(StoreSession db, long jobId, long from, int count) => db.All(
        $"SELECT {Columns} FROM tasks t WHERE t.job_id = $1 AND t.number >= $2 ORDER BY t.number LIMIT $3", Read, jobId, from, count);

    /// <summary>
    /// Held tasks that were not updated since a given time, without tasks of open jobs, whose protocol decides how long they may be held.
    /// </summary>
    /// <param name="db">The session.</param>
    /// <param name="time">The time.</param>
    /// <param name="now">The time of day. What was updated later was updated before the clock was set back.</param>
    public static List<FarmTask> UntouchedSince(StoreSession db, long time, long now) => db.All(
        $"""
        SELECT {Columns} FROM tasks t INDEXED BY tasks_active
        WHERE t.status = 3 AND (t.touched_at < $1 OR t.touched_at > $2) AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.stays_open = 1)
        """,
        Read, time, now + WorkerTable.MaxSkew);

    /// <summary>Sets the progress of a held task; null keeps a value.</summary>
    public static void Progress(StoreSession db, long id, string? activity, int? steps, long now) => db.Execute(
        """
        UPDATE tasks SET activity = coalesce($2, activity), steps_completed = coalesce($3, steps_completed), updated_at = $4, touched_at = $4
        WHERE id = $1
        """,
        id, activity, steps, now);

    /// <summary>Sets the progress of several held tasks; null keeps a value.</summary>
    public static void Progress(StoreSession db, IEnumerable<(long Id, string? Activity, int? Steps)> tasks, long now) => db.Later(
        """
        UPDATE tasks SET activity = coalesce(r.new_activity, activity), steps_completed = coalesce(r.new_steps, steps_completed), updated_at = $2,
          touched_at = $2
        FROM (SELECT CAST(value ->> 0 AS BIGINT) AS task, value ->> 1 AS new_activity, CAST(value ->> 2 AS BIGINT) AS new_steps
          FROM json_each($1, '$')) AS r
        WHERE tasks.id = r.task
        """,
        RowList.Json(tasks, static (json, task) =>
        {
            json.WriteNumberValue(task.Id);
            json.WriteStringValue(task.Activity);
            json.Number(task.Steps);
        }),
        now);

    /// <summary>Sets when held tasks were last updated, unless a later time is stored.</summary>
    public static void Touch(StoreSession db, IEnumerable<long> ids, long at) => db.Execute(
        "UPDATE tasks SET touched_at = $2 WHERE id IN (SELECT value FROM json_each($1)) AND status = 3 AND (touched_at < $2 OR touched_at > $3)",
        IdList.Json(ids), at, at + WorkerTable.MaxSkew);

    /// <summary>Sets the activity text.</summary>
    public static void SetActivity(StoreSession db, long id, string activity, long now) =>
        db.Execute("UPDATE tasks SET activity = $2, updated_at = $3 WHERE id = $1", id, activity, now);

    /// <summary>Resets the timeout count of a task.</summary>
    public static void ForgetTimeouts(StoreSession db, long id) => db.Execute("UPDATE tasks SET timeouts = 0 WHERE id = $1 AND timeouts > 0", id);

    /// <summary>Reads a row with the columns of this class.</summary>
    public static FarmTask Read(StoreRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        JobId = row.GetInt64(2),
        StageId = row.GetInt64(3),
        Index = row.GetInt32(4),
        Name = row.GetString(5),
        Status = (TaskStatus)row.GetInt32(6),
        StepsCompleted = row.GetInt32(7),
        StepsTotal = row.GetInt32(8),
        AttemptId = row.NumberOrNull(9),
        WorkerId = row.NumberOrNull(10),
        Timeouts = row.GetInt32(11),
        JobUuid = row.Uuid(12),
        WorkerUuid = row.IsDBNull(13) ? null : row.Uuid(13),
    };
}
