using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>Which tasks of a batch are meant.</summary>
internal enum BatchScope
{
    /// <summary>All that are still in it.</summary>
    All,

    /// <summary>Those that failed as often as the limit says.</summary>
    Exhausted,
}

/// <summary>An entry as it is handed to a worker.</summary>
/// <param name="Commands">The commands of its task.</param>
/// <param name="Retries">How often it failed so far.</param>
internal readonly record struct BatchEntryRow(string Commands, int Retries);

/// <summary>
/// Changes of all tasks of a batch at once. A task is in a batch while its current attempt is one of the batch; the attempts are ended last.
/// </summary>
internal static class BatchTaskTable
{
    private const string Retries = "(SELECT coalesce(sum(f.times), 0) FROM task_failures f WHERE f.task_id = a.task_id)";
    private const string All = "a.batch_id = $1 AND a.outcome = 0";
    private const string Exhausted = All + " AND " + Retries + " >= $2";

    /// <summary>How many tasks of a batch had a status, and their steps.</summary>
    internal readonly record struct Group(TaskStatus Status, long Tasks, long Steps, long StepsTotal);

    /// <summary>Makes attempts of a batch for the first ready tasks of a stage.</summary>
    /// <returns>How many.</returns>
    public static int Take(SqliteSession db, long batchId, long stageId, long workerId, int most, long now) => db.Execute(
        """
        INSERT INTO attempts (task_id, worker_id, started_at, batch_id)
        SELECT id, $3, $5, $1 FROM tasks WHERE stage_id = $2 AND status IN (0, 1) ORDER BY number LIMIT $4
        """,
        batchId, stageId, workerId, most, now);

    /// <summary>The tasks of a batch, counted by status.</summary>
    public static List<Group> Groups(SqliteSession db, long batchId, BatchScope scope, int limit) => db.All(
        Of(
            scope,
            $"SELECT t.status, count(*), sum(t.steps_completed), sum(t.steps_total) FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {All} GROUP BY t.status",
            $"SELECT t.status, count(*), sum(t.steps_completed), sum(t.steps_total) FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {Exhausted} GROUP BY t.status"),
        static row => new Group((TaskStatus)row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), batchId, limit);

    /// <summary>Whether any task is left in a batch.</summary>
    public static bool Any(SqliteSession db, long batchId) => db.Number($"SELECT EXISTS (SELECT 1 FROM attempts a WHERE {All})", batchId) > 0;

    /// <summary>Puts the tasks of a batch into the hands of its worker.</summary>
    public static void Hold(SqliteSession db, long batchId, long workerId, long now) => db.Execute(
        $"""
        UPDATE tasks SET status = 3, attempt_id = a.id, worker_id = $2, updated_at = $3, touched_at = $3, started_at = $3, completed_at = NULL
        FROM attempts a WHERE {All} AND tasks.id = a.task_id
        """,
        batchId, workerId, now);

    /// <summary>Gives tasks of a batch a new status; their worker holds them no more.</summary>
    public static void Change(SqliteSession db, long batchId, BatchScope scope, int limit, TaskStatus to, string activity, long now) => db.Execute(
        Of(scope, ChangeAll, ChangeExhausted), batchId, limit, to, activity, now);

    /// <summary>Ends the attempts of tasks of a batch: from then on they are not in it.</summary>
    public static void EndAttempts(SqliteSession db, long batchId, BatchScope scope, int limit, AttemptOutcome outcome, long now) => db.Execute(
        Of(
            scope, $"UPDATE attempts AS a SET ended_at = $4, outcome = $3 WHERE {All}", $"UPDATE attempts AS a SET ended_at = $4, outcome = $3 WHERE {Exhausted}"),
        batchId, limit, outcome, now);

    /// <summary>Appends lines to the log of each task of a batch that has a status.</summary>
    public static void Log(SqliteSession db, long batchId, BatchScope scope, int limit, TaskStatus status, string lines) => db.Execute(
        Of(
            scope,
            $"INSERT INTO task_logs (task_id, attempt_id, text) SELECT a.task_id, a.id, $4 FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {All} AND t.status = $3",
            $"INSERT INTO task_logs (task_id, attempt_id, text) SELECT a.task_id, a.id, $4 FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {Exhausted} AND t.status = $3"),
        batchId, limit, status, lines);

    /// <summary>Counts that a worker failed each task of a batch.</summary>
    public static void CountFailure(SqliteSession db, long batchId, long workerId, long jobId, string taskType) => db.Execute(
        $"""
        INSERT INTO task_failures (task_id, worker_id, job_id, task_type) SELECT a.task_id, $2, $3, $4 FROM attempts a WHERE {All}
        ON CONFLICT (task_id, worker_id) DO UPDATE SET times = times + 1
        """,
        batchId, workerId, jobId, taskType);

    /// <summary>The entries of a batch in the order of their place in the seed.</summary>
    public static List<BatchEntryRow> Entries(SqliteSession db, long batchId) => db.All(
        $"""
        SELECT c.commands, {Retries} FROM attempts a JOIN tasks t ON t.id = a.task_id JOIN command_lists c ON c.id = t.command_list_id
        WHERE {All} ORDER BY t.number
        """,
        static row => new BatchEntryRow(row.GetString(0), row.GetInt32(1)), batchId);

    private const string NewValues =
        """
        UPDATE tasks SET status = $3, activity = $4, updated_at = $5, attempt_id = NULL,
          steps_completed = CASE WHEN $3 = 5 THEN steps_total WHEN $3 IN (0, 2, 4) THEN 0 ELSE steps_completed END,
          started_at = CASE WHEN $3 IN (0, 2, 4) THEN NULL ELSE tasks.started_at END,
          completed_at = CASE WHEN $3 = 5 THEN $5 ELSE NULL END,
          errors = errors + CASE WHEN $3 IN (1, 6) THEN 1 ELSE 0 END
        FROM attempts a
        """;

    private const string ChangeAll = NewValues + " WHERE " + All + " AND tasks.id = a.task_id";
    private const string ChangeExhausted = NewValues + " WHERE " + Exhausted + " AND tasks.id = a.task_id";

    private static string Of(BatchScope scope, string all, string exhausted) => scope == BatchScope.All ? all : exhausted;
}
