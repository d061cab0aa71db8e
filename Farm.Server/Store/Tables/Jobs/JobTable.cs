using Dapper;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Reads and writes jobs.</summary>
internal static class JobTable
{
    private const string Columns =
        """
        id, uuid, name, status, priority, worker_tag_id, mass_change, stays_open, kind,
        tasks_queued, tasks_soft_failed, tasks_pended, tasks_active, tasks_paused, tasks_completed, tasks_failed, tasks_canceled
        """;

    private static readonly string[] CountColumns =
        ["tasks_queued", "tasks_soft_failed", "tasks_pended", "tasks_active", "tasks_paused", "tasks_completed", "tasks_failed", "tasks_canceled"];

    /// <summary>The statements that move tasks from one counter to another; built once, so that each is prepared once.</summary>
    private static readonly string[,] Moves = MakeMoves();

    private static readonly string[] Additions =
        [.. CountColumns.Select(column => $"UPDATE jobs SET {column} = {column} + $2, steps_total = steps_total + $3, updated_at = $4 WHERE id = $1")];

    /// <summary>The job with this id, or null.</summary>
    public static Job? ById(StoreSession db, long id) => db.First($"SELECT {Columns} FROM jobs WHERE id = $1", Read, id);

    /// <summary>The job with this UUID, or null.</summary>
    public static Job? ByUuid(StoreSession db, Guid uuid) => db.First($"SELECT {Columns} FROM jobs WHERE uuid = $1", Read, uuid);

    /// <summary>The jobs with a bulk update in progress, oldest first.</summary>
    public static List<Job> InBulkUpdate(StoreSession db) =>
        db.All($"SELECT {Columns} FROM jobs WHERE mass_change IS NOT NULL ORDER BY id", Read);

    /// <summary>Moves tasks of a job from one counter to another and returns the updated job.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="id">The job.</param>
    /// <param name="from">The old status of the tasks.</param>
    /// <param name="to">The new status of the tasks.</param>
    /// <param name="tasks">The number of tasks.</param>
    /// <param name="steps">The change in completed steps of the job.</param>
    /// <param name="now">The time of the change.</param>
    public static Job MoveTasks(StoreSession db, long id, TaskStatus from, TaskStatus to, long tasks, long steps, long now) =>
        db.First(Moves[(int)from, (int)to], Read, id, tasks, steps, now)!;

    /// <summary>Adds new tasks to the counters of a job.</summary>
    public static void AddTasks(StoreSession db, long id, TaskStatus status, long tasks, long steps, long now) =>
        db.Execute(Additions[(int)status], id, tasks, steps, now);

    /// <summary>Adds to the completed steps of a job.</summary>
    public static void AddSteps(StoreSession db, long id, long steps, long now) =>
        db.Execute("UPDATE jobs SET steps_completed = steps_completed + $2, updated_at = $3 WHERE id = $1", id, steps, now);

    /// <summary>Sets the status of a job and its activity text.</summary>
    public static void SetStatus(StoreSession db, long id, JobStatus status, string activity, long now) =>
        db.Execute("UPDATE jobs SET status = $2, activity = $3, updated_at = $4 WHERE id = $1", id, status, activity, now);

    /// <summary>Sets the name and priority of a job; the caller updates its stages.</summary>
    public static void SetNameAndPriority(StoreSession db, long id, string name, int priority, long now) =>
        db.Connection.Execute("UPDATE jobs SET name = @name, priority = @priority, updated_at = @now WHERE id = @id", new { id, name, priority, now });

    /// <summary>Records when the newest image of a job was made; false if the job does not exist.</summary>
    public static bool SetLastRendered(StoreSession db, Guid uuid, long now) =>
        db.Connection.Execute("UPDATE jobs SET last_rendered_at = @now WHERE uuid = @uuid", new { uuid, now }) > 0;

    /// <summary>Sets the tag that workers need for a job; null for any worker.</summary>
    public static void SetWorkerTag(StoreSession db, long id, long? tag, long now)
    {
        db.Connection.Execute("UPDATE jobs SET worker_tag_id = @tag, updated_at = @now WHERE id = @id", new { id, tag, now });
        StageTable.SetWorkerTag(db, id, tag);
    }

    /// <summary>Jobs that did not change after a given time, oldest first, without those being deleted.</summary>
    public static List<Job> UpdatedUntil(StoreSession db, long time, int count) => db.All(
        $"""
        SELECT {Columns} FROM jobs WHERE updated_at <= $1 AND (mass_change IS NULL OR mass_change <> $2) ORDER BY id LIMIT $3
        """,
        Read, time, BulkUpdate.Delete, count);

    /// <summary>The number of jobs that <see cref="UpdatedUntil"/> would find.</summary>
    public static long CountUpdatedUntil(StoreSession db, long time) => db.Connection.ExecuteScalar<long>(
        "SELECT count(*) FROM jobs WHERE updated_at <= @time AND (mass_change IS NULL OR mass_change <> @delete)", new { time, delete = BulkUpdate.Delete });

    /// <summary>Sets the priority of a job; the caller updates its stages.</summary>
    public static void SetPriority(StoreSession db, long id, int priority, long now) =>
        db.Connection.Execute("UPDATE jobs SET priority = @priority, updated_at = @now WHERE id = @id", new { id, priority, now });

    /// <summary>Records when deletion of a job was first requested.</summary>
    public static void RequestDeletion(StoreSession db, long id, long now) => db.Connection.Execute(
        "UPDATE jobs SET delete_requested_at = coalesce(delete_requested_at, @now), updated_at = @now WHERE id = @id", new { id, now });

    /// <summary>Sets the bulk update of a job, starting at the first task; null when it is done.</summary>
    public static void SetBulkUpdate(StoreSession db, long id, BulkUpdate? change) =>
        db.Connection.Execute("UPDATE jobs SET mass_change = @change, mass_change_next = 0 WHERE id = @id", new { id, change });

    /// <summary>Sets the task index at which the bulk update continues.</summary>
    public static void SetBulkUpdateNext(StoreSession db, long id, long next) =>
        db.Connection.Execute("UPDATE jobs SET mass_change_next = @next WHERE id = @id", new { id, next });

    /// <summary>The task index at which the bulk update continues.</summary>
    public static long BulkUpdateNext(StoreSession db, long id) =>
        db.Connection.ExecuteScalar<long>("SELECT mass_change_next FROM jobs WHERE id = @id", new { id });

    private static string[,] MakeMoves()
    {
        var moves = new string[TaskStatusNames.Count, TaskStatusNames.Count];
        for (var from = 0; from < TaskStatusNames.Count; from++)
        {
            for (var to = 0; to < TaskStatusNames.Count; to++)
            {
                var counts = from == to ? "" : $"{CountColumns[from]} = {CountColumns[from]} - $2, {CountColumns[to]} = {CountColumns[to]} + $2, ";
                moves[from, to] = string.Intern(
                    $"UPDATE jobs SET {counts}steps_completed = steps_completed + $3, updated_at = $4 WHERE id = $1 RETURNING {Columns}");
            }
        }

        return moves;
    }

    private static Job Read(StoreRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        Name = row.GetString(2),
        Status = (JobStatus)row.GetInt32(3),
        Priority = row.GetInt32(4),
        WorkerTagId = row.NumberOrNull(5),
        BulkUpdate = (BulkUpdate?)row.NumberOrNull(6),
        StaysOpen = row.GetInt64(7) != 0,
        Kind = row.GetString(8),
        Tasks = new TaskCounts(
            row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12),
            row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16)),
    };
}
