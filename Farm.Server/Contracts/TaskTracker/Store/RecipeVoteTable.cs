using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>How many tasks of a project wait for more verifications.</summary>
/// <param name="Waiting">Tasks with at least one that have not failed.</param>
/// <param name="Votes">Verifications of tasks that are present, failed ones included.</param>
internal readonly record struct AwaitingVerification(long Waiting, long Votes);

/// <summary>What workers found out about tasks that several have to verify (Contracts/TaskTracker/Contract.md section 5.2).</summary>
internal static class RecipeVoteTable
{
    /// <summary>Writes what a worker found out.</summary>
    public static void Set(SqliteSession db, long taskId, long workerId, long verification) => db.Execute(
        """
        INSERT INTO recipe_votes (task_id, worker_id, verification) VALUES ($1, $2, $3)
        ON CONFLICT (task_id, worker_id) DO UPDATE SET verification = $3
        """,
        taskId, workerId, verification);

    /// <summary>How many workers found out this about a task.</summary>
    public static long Agreeing(SqliteSession db, long taskId, long verification) =>
        db.Number("SELECT count(*) FROM recipe_votes WHERE task_id = $1 AND verification = $2", taskId, verification);

    /// <summary>Who voted on a task, in the form in which stages name it.</summary>
    public static string Voters(SqliteSession db, long taskId) => string.Join(',', db.All(
        "SELECT worker_id FROM recipe_votes WHERE task_id = $1 ORDER BY worker_id", static row => row.GetInt64(0), taskId));

    /// <summary>Forgets what workers found out about a task; false when that was nothing.</summary>
    public static bool Forget(SqliteSession db, long taskId) => db.Execute("DELETE FROM recipe_votes WHERE task_id = $1", taskId) > 0;

    /// <summary>What waits for more verifications, for each project where something does. Looks at each verification.</summary>
    public static Dictionary<long, AwaitingVerification> Awaiting(SqliteSession db) => db.Connection.Query<AwaitingIn>(
        """
        SELECT t.job_id, count(DISTINCT CASE WHEN t.status <> 6 THEN t.id END) AS waiting, count(*) AS votes
        FROM recipe_votes v JOIN tasks t ON t.id = v.task_id WHERE t.status NOT IN (5, 7) GROUP BY t.job_id
        """).ToDictionary(row => row.JobId, row => new AwaitingVerification(row.Waiting, row.Votes));

    private sealed record AwaitingIn(long JobId, long Waiting, long Votes);
}
