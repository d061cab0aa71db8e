using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Counts of project tasks that need more verifications.</summary>
/// <param name="Waiting">Tasks with at least one verification that have not failed.</param>
/// <param name="Votes">Verifications of present tasks, failed ones included.</param>
internal readonly record struct AwaitingVerification(long Waiting, long Votes);

/// <summary>Verifications of tasks by workers (Contracts/TaskTracker/Contract.md section 5.2).</summary>
internal static class RecipeVoteTable
{
    /// <summary>Sets a worker's verification of a task.</summary>
    public static void Set(StoreSession db, long taskId, long workerId, long verification) => db.Execute(
        """
        INSERT INTO recipe_votes (task_id, worker_id, verification) VALUES ($1, $2, $3)
        ON CONFLICT (task_id, worker_id) DO UPDATE SET verification = $3
        """,
        taskId, workerId, verification);

    /// <summary>The number of workers with this verification of a task.</summary>
    public static long Agreeing(StoreSession db, long taskId, long verification) =>
        db.Number("SELECT count(*) FROM recipe_votes WHERE task_id = $1 AND verification = $2", taskId, verification);

    /// <summary>The workers that voted on a task, in the format of <c>stages.voters</c>.</summary>
    public static string Voters(StoreSession db, long taskId) => string.Join(',', db.All(
        "SELECT worker_id FROM recipe_votes WHERE task_id = $1 ORDER BY worker_id", static row => row.GetInt64(0), taskId));

    /// <summary>Deletes the votes on a task; false when there were none.</summary>
    public static bool Forget(StoreSession db, long taskId) => db.Execute("DELETE FROM recipe_votes WHERE task_id = $1", taskId) > 0;

    /// <summary>Counts of tasks that need more verifications, by project. Scans all verifications.</summary>
    public static Dictionary<long, AwaitingVerification> Awaiting(StoreSession db) => db.Connection.Query<AwaitingIn>(
        """
        SELECT t.job_id, count(DISTINCT CASE WHEN t.status <> 6 THEN t.id END) AS waiting, count(*) AS votes
        FROM recipe_votes v JOIN tasks t ON t.id = v.task_id WHERE t.status NOT IN (5, 7) GROUP BY t.job_id
        """).ToDictionary(row => row.JobId, row => new AwaitingVerification(row.Waiting, row.Votes));

    private sealed record AwaitingIn(long JobId, long Waiting, long Votes);
}
