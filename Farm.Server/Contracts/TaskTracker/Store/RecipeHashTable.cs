using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>
/// Hashes of project tasks (Contracts/TaskTracker/Contract.md section 5.6). Closing or canceling a task does not change this table: a hash is free
/// when the status of its last holder is final.
/// </summary>
internal static class RecipeHashTable
{
    /// <summary>The present task that holds a hash; null when the hash is free.</summary>
    public static long? Holder(StoreSession db, long jobId, long hash) => db.First(
        "SELECT h.task_id FROM recipe_hashes h JOIN tasks t ON t.id = h.task_id WHERE h.job_id = $1 AND h.hash = $2 AND t.status NOT IN (5, 7)",
        static row => row.NumberOrNull(0), jobId, hash);

    /// <summary>Assigns a free hash to a task.</summary>
    public static void Take(StoreSession db, long jobId, long hash, long taskId) => db.Execute(
        "INSERT INTO recipe_hashes (job_id, hash, task_id) VALUES ($1, $2, $3) ON CONFLICT (job_id, hash) DO UPDATE SET task_id = $3",
        jobId, hash, taskId);
}
