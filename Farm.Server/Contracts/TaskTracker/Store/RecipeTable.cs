using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A project task that a worker holds.</summary>
/// <param name="TaskId">The integer id of the task.</param>
/// <param name="Priority">Its priority in the project.</param>
/// <param name="Recipe">Its terms and retries.</param>
/// <param name="Commands">Its commands as JSON.</param>
/// <param name="StartedAt">When it was handed out, in unix milliseconds.</param>
internal sealed record HeldRecipe(long TaskId, int Priority, Recipe Recipe, string Commands, long StartedAt);

/// <summary>A task that was finished.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StageId">Its stage.</param>
/// <param name="Hash">Its hash; null for none.</param>
internal readonly record struct FinishedRecipe(long TaskId, long StageId, long? Hash);

/// <summary>The data of project tasks besides the tasks themselves.</summary>
internal static class RecipeTable
{
    private const string Columns = "r.max_retries, r.max_assign_time, r.verification_count, r.hash, r.retries";

    /// <summary>Inserts the terms of a task.</summary>
    public static void Insert(StoreSession db, long taskId, RecipeTerms terms) => db.Execute(
        "INSERT INTO recipes (task_id, max_retries, max_assign_time, verification_count, hash) VALUES ($1, $2, $3, $4, $5)",
        taskId, terms.MaxRetries, terms.MaxAssignTime, terms.VerificationCount, terms.Hash);

    /// <summary>The recipe data of a task; null when it is not a project task.</summary>
    public static Recipe? Find(StoreSession db, long taskId) =>
        db.First($"SELECT {Columns} FROM recipes r WHERE r.task_id = $1", static row => Read(row, 0), taskId);

    /// <summary>A task with everything to send to its worker.</summary>
    public static HeldRecipe? Held(StoreSession db, long taskId) => db.First(
        $"""
        SELECT {Columns}, t.id, s.priority, c.commands, t.started_at
        FROM tasks t JOIN stages s ON s.id = t.stage_id JOIN recipes r ON r.task_id = t.id JOIN command_lists c ON c.id = t.command_list_id
        WHERE t.id = $1
        """,
        static row => new HeldRecipe(row.GetInt64(5), row.GetInt32(6), Read(row, 0), row.GetString(7), row.GetInt64(8)), taskId);

    /// <summary>
    /// The oldest ready task of one priority that the worker has not voted on. All tasks of a stage have the same voters, so only the first of each
    /// stage is checked.
    /// </summary>
    public static long? First(StoreSession db, long jobId, string taskType, int priority, long workerId) => db.First(
        """
        SELECT t.id FROM stages s JOIN tasks t ON t.id = (SELECT id FROM tasks WHERE stage_id = s.id AND status IN (0, 1) ORDER BY number LIMIT 1)
        WHERE s.job_id = $1 AND s.task_type = $2 AND s.priority = $3 AND s.stays_open = 1 AND s.hands_out = 1 AND s.unmet = 0 AND s.ready > 0
          AND (s.voters = '' OR NOT EXISTS (SELECT 1 FROM recipe_votes v WHERE v.task_id = t.id AND v.worker_id = $4))
          AND (s.worker_tag_id = 0 OR EXISTS (SELECT 1 FROM worker_tags g WHERE g.worker_id = $4 AND g.tag_id = s.worker_tag_id))
        ORDER BY t.number LIMIT 1
        """,
        static row => row.NumberOrNull(0), jobId, taskType, priority, workerId);

    /// <summary>Sets the retries of a task.</summary>
    public static void SetRetries(StoreSession db, long taskId, int retries) =>
        db.Execute("UPDATE recipes SET retries = $2 WHERE task_id = $1 AND retries <> $2", taskId, retries);

    /// <summary>Clears the hash of a task.</summary>
    public static void ForgetHash(StoreSession db, long taskId) => db.Execute("UPDATE recipes SET hash = NULL WHERE task_id = $1", taskId);

    /// <summary>Stage and hash of project tasks, by index.</summary>
    public static List<FinishedRecipe> Finished(StoreSession db, IReadOnlyList<TaskRef> tasks) => db.All(
        $"SELECT t.id, t.stage_id, r.hash FROM tasks t JOIN recipes r ON r.task_id = t.id WHERE t.id IN {TaskChangeSql.Ids} ORDER BY t.number",
        static row => new FinishedRecipe(row.GetInt64(0), row.GetInt64(1), row.NumberOrNull(2)), TaskIds.Json(tasks));

    /// <summary>Tasks that workers held too long, longest first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="defaultTime">How many milliseconds a worker may hold a task without a time of its own.</param>
    /// <param name="count">The most tasks to return.</param>
    public static List<long> Overdue(StoreSession db, long now, long defaultTime, int count) => db.All(
        """
        SELECT t.id FROM tasks t INDEXED BY tasks_active JOIN recipes r ON r.task_id = t.id
        WHERE t.status = 3 AND t.started_at + CASE WHEN r.max_assign_time > 0 THEN r.max_assign_time * 1000 ELSE $2 END < $1
        ORDER BY t.started_at LIMIT $3
        """,
        static row => row.GetInt64(0), now, defaultTime, count);

    /// <summary>Deletes the recipe data of a range of tasks of a job.</summary>
    public static void Remove(StoreSession db, long jobId, long from, long to)
    {
        db.Execute(
            """
            DELETE FROM recipe_hashes WHERE job_id = $1 AND hash IN (
              SELECT r.hash FROM tasks t JOIN recipes r ON r.task_id = t.id WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3)
            """,
            jobId, from, to);
        db.Execute("DELETE FROM recipe_votes WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM recipes WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
    }

    private static Recipe Read(StoreRow row, int first) => new(
        new RecipeTerms(row.GetInt32(first), row.GetInt32(first + 1), row.GetInt32(first + 2), row.NumberOrNull(first + 3)), row.GetInt32(first + 4));
}
