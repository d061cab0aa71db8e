using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>An entry in a batch.</summary>
/// <param name="Commands">The commands of its task.</param>
/// <param name="Retries">How often it failed or was lost.</param>
internal readonly record struct BatchEntryRow(string Commands, int Retries);

/// <summary>The tasks of batches. A task is in a batch while its current attempt belongs to the batch.</summary>
internal static class BatchTaskTable
{
    private const string Retries = "(SELECT coalesce(sum(f.times), 0) FROM task_failures f WHERE f.task_id = a.task_id)";
    private const string All = "a.batch_id = $1 AND a.outcome = 0";
    private const string Columns = "t.id, t.number, t.stage_id, t.status, t.steps_completed, t.steps_total";

    /// <summary>The first ready tasks of a stage.</summary>
    public static List<TaskRef> Ready(StoreSession db, long stageId, int max) => db.All(
        $"SELECT {Columns} FROM tasks t WHERE t.stage_id = $1 AND t.status IN (0, 1) ORDER BY t.number LIMIT $2", TaskSliceTable.ReadRef, stageId, max);

    /// <summary>The tasks of a batch.</summary>
    public static List<TaskRef> Tasks(StoreSession db, long batchId) => db.All(
        $"SELECT {Columns} FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {All}", TaskSliceTable.ReadRef, batchId);

    /// <summary>The tasks of a batch with their retries.</summary>
    public static List<(TaskRef Task, long Retries)> TasksWithRetries(StoreSession db, long batchId) => db.All(
        $"SELECT {Columns}, {Retries} FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE {All}",
        static row => (TaskSliceTable.ReadRef(row), row.GetInt64(6)), batchId);

    /// <summary>Whether a batch has any task left.</summary>
    public static bool Any(StoreSession db, long batchId) => db.Number($"SELECT EXISTS (SELECT 1 FROM attempts a WHERE {All})", batchId) > 0;

    /// <summary>Counts a failure of the worker for each task of a batch.</summary>
    public static void CountFailure(StoreSession db, long batchId, long workerId, long jobId, string taskType) => db.Execute(
        $"""
        INSERT INTO task_failures (task_id, worker_id, job_id, task_type) SELECT a.task_id, $2, $3, $4 FROM attempts a WHERE {All}
        ON CONFLICT (task_id, worker_id) DO UPDATE SET times = task_failures.times + 1
        """,
        batchId, workerId, jobId, taskType);

    /// <summary>The entries of a batch, in the order of the seed.</summary>
    public static List<BatchEntryRow> Entries(StoreSession db, long batchId) => db.All(
        $"""
        SELECT c.commands, {Retries} FROM attempts a JOIN tasks t ON t.id = a.task_id JOIN command_lists c ON c.id = t.command_list_id
        WHERE {All} ORDER BY t.number
        """,
        static row => new BatchEntryRow(row.GetString(0), row.GetInt32(1)), batchId);
}
