using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads and writes attempts, which are kept as long as their job.</summary>
internal static class AttemptTable
{
    private const string Columns = "id, task_id, worker_id, started_at, outcome, report";

    /// <summary>The newest attempt of a task by a worker, or null.</summary>
    public static Attempt? Newest(StoreSession db, long taskId, long workerId) => db.First(
        $"SELECT {Columns} FROM attempts WHERE task_id = $1 AND worker_id = $2 ORDER BY id DESC LIMIT 1", Read, taskId, workerId);

    /// <summary>The attempt with this id, or null.</summary>
    public static Attempt? ById(StoreSession db, long id) => db.First($"SELECT {Columns} FROM attempts WHERE id = $1", Read, id);

    /// <summary>Counts another sign-on of the worker while it holds the task; returns the total.</summary>
    public static long CountReturn(StoreSession db, long id) =>
        db.First("UPDATE attempts SET returns = returns + 1 WHERE id = $1 RETURNING returns", static row => row.GetInt64(0), id);

    private static Attempt Read(StoreRow row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (AttemptOutcome)row.GetInt32(4),
        row.IsDBNull(5) ? null : row.GetBytes(5));
}
