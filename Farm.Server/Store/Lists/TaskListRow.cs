using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Lists;

/// <summary>Names a worker.</summary>
internal sealed record WorkerName(Guid Uuid, string Name);

/// <summary>A task as lists show it. Times are unix milliseconds.</summary>
/// <param name="Worker">Who has it, or had it last; null if nobody ever did. Also one that was removed.</param>
/// <param name="Failures">How many workers failed it since failures were last forgotten.</param>
internal sealed record TaskListRow(
    long Id, Guid Uuid, Guid JobUuid, string JobName, int Index, string Name, string Type, TaskStatus Status, string Activity,
    WorkerName? Worker, int StepsCompleted, int StepsTotal, int Priority, long UpdatedAt, int Failures)
{
    /// <summary>The columns that <see cref="Read"/> reads, of the tables of <see cref="Tables"/>.</summary>
    public const string Columns =
        """
        t.id, t.uuid, j.uuid, j.name, t.number, t.name, s.task_type, t.status, t.activity, w.uuid, w.name, t.steps_completed, t.steps_total,
        s.priority, t.updated_at, (SELECT count(*) FROM task_failures f WHERE f.task_id = t.id)
        """;

    /// <summary>Joins what belongs to a task <c>t</c>.</summary>
    public const string Tables =
        "JOIN jobs j ON j.id = t.job_id JOIN stages s ON s.id = t.stage_id LEFT JOIN workers w ON w.id = t.worker_id";

    /// <summary>Reads <see cref="Columns"/> from a row.</summary>
    public static TaskListRow Read(SqliteRow row) => new(
        row.GetInt64(0), row.Uuid(1), row.Uuid(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6),
        (TaskStatus)row.GetInt32(7), row.GetString(8), row.IsDBNull(9) ? null : new WorkerName(row.Uuid(9), row.GetString(10)),
        row.GetInt32(11), row.GetInt32(12), row.GetInt32(13), row.GetInt64(14), row.GetInt32(15));
}
