using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Reading;

/// <summary>Where the log of a task is found.</summary>
/// <param name="TaskId">The task, as the store knows it.</param>
/// <param name="Job">Its job.</param>
/// <param name="Size">The bytes of the log; 0 when there is none.</param>
internal sealed record TaskLogPlace(long TaskId, Guid Job, long Size);

/// <summary>Reads tasks for those who look at them.</summary>
internal sealed class TaskQueries(FarmStore store)
{
    private const string Columns =
        """
        t.id, t.uuid, t.name, t.status, t.number, s.priority, s.task_type, t.updated_at, t.steps_completed, t.steps_total, t.activity,
        w.uuid, w.name, w.address
        """;

    private const string Joins = "JOIN stages s ON s.id = t.stage_id JOIN jobs j ON j.id = t.job_id LEFT JOIN workers w ON w.id = t.worker_id";

    /// <summary>The tasks of a job in the order of their places, those after a place; -1 is before the first.</summary>
    public List<TaskSummary> OfJob(long jobId, long after, int count) => store.Read(db => db.All(
        $"SELECT {Columns} FROM tasks t {Joins} WHERE t.job_id = $1 AND t.number > $2 ORDER BY t.number LIMIT $3",
        ReadSummary, jobId, after, count));

    /// <summary>The task with this UUID, or null.</summary>
    public TaskDetails? Find(Guid uuid) => store.Read(db => db.First(
        $"""
        SELECT {Columns}, j.uuid, j.created_at, t.touched_at, c.commands, s.shared_parameters FROM tasks t {Joins}
          JOIN command_lists c ON c.id = t.command_list_id
        WHERE t.uuid = $1
        """,
        ReadDetails, uuid) is { } task ? task with { FailedBy = FailedBy(db, task.Id) } : null);

    /// <summary>The task that a worker has, or else had last, with its job; null when it never had one that still exists.</summary>
    public static (TaskSummary Task, Guid Job)? OfWorker(SqliteSession db, long workerId) =>
        db.First(
            $"""
            SELECT {Columns}, j.uuid FROM tasks t {Joins}
            WHERE t.worker_id = $1 AND t.status = 3 ORDER BY t.id LIMIT 1
            """,
            ReadWithJob, workerId)
        ?? db.First(
            $"""
            SELECT {Columns}, j.uuid FROM attempts a JOIN tasks t ON t.id = a.task_id {Joins}
            WHERE a.worker_id = $1 ORDER BY a.id DESC LIMIT 1
            """,
            ReadWithJob, workerId);

    /// <summary>Where the log of a task is; null when there is no such task.</summary>
    public TaskLogPlace? Log(Guid uuid) => store.Read(db =>
        db.First(
            "SELECT t.id, j.uuid FROM tasks t JOIN jobs j ON j.id = t.job_id WHERE t.uuid = $1",
            static row => new TaskLogPlace(row.GetInt64(0), row.Uuid(1), 0), uuid) is { } place
            ? place with { Size = TaskLogTable.Size(db, place.TaskId) }
            : null);

    /// <summary>The end of the log of a task, whole characters, at most this many bytes; null when there is no log.</summary>
    public byte[]? LogTail(long taskId, int bytes) => store.Read(db => TaskLogTable.Tail(db, taskId, bytes));

    /// <summary>Pieces of the log of a task in the order of writing, those after an id; 0 is before the first.</summary>
    public List<(long Id, string Text)> LogAfter(long taskId, long id, int count) =>
        store.Read(db => TaskLogTable.After(db, taskId, id, count));

    private static List<WorkerName> FailedBy(SqliteSession db, long taskId) => db.All(
        "SELECT w.uuid, w.name, w.address FROM task_failures f JOIN workers w ON w.id = f.worker_id WHERE f.task_id = $1 ORDER BY w.id",
        static row => new WorkerName(row.Uuid(0), row.GetString(1), row.GetString(2)), taskId);

    private static (TaskSummary Task, Guid Job)? ReadWithJob(SqliteRow row) => (ReadSummary(row), row.Uuid(14));

    private static TaskSummary ReadSummary(SqliteRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        Name = row.GetString(2),
        Status = (TaskStatus)row.GetInt32(3),
        Index = row.GetInt32(4),
        Priority = row.GetInt32(5),
        Type = row.GetString(6),
        UpdatedAt = row.GetInt64(7),
        StepsCompleted = row.GetInt32(8),
        StepsTotal = row.GetInt32(9),
        Activity = row.GetString(10),
        Worker = ReadWorker(row),
    };

    private static TaskDetails ReadDetails(SqliteRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        Name = row.GetString(2),
        Status = (TaskStatus)row.GetInt32(3),
        Index = row.GetInt32(4),
        Priority = row.GetInt32(5),
        Type = row.GetString(6),
        UpdatedAt = row.GetInt64(7),
        StepsCompleted = row.GetInt32(8),
        StepsTotal = row.GetInt32(9),
        Activity = row.GetString(10),
        Worker = ReadWorker(row),
        Job = row.Uuid(14),
        CreatedAt = row.GetInt64(15),
        TouchedAt = row.NumberOrNull(16),
        Commands = CommandJson.MergeShared(row.GetString(17), row.IsDBNull(18) ? null : row.GetString(18)),
        FailedBy = [],
    };

    private static WorkerName? ReadWorker(SqliteRow row) =>
        row.IsDBNull(11) ? null : new WorkerName(row.Uuid(11), row.GetString(12), row.GetString(13));
}
