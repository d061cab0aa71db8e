using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Store;

/// <summary>Batches in the store, kept as long as their job; released ones are deleted.</summary>
internal static class BatchTable
{
    private const string Columns = "id, job_id, stage_id, worker_id, state";

    /// <summary>Inserts a batch that was sent to a worker.</summary>
    public static void Insert(StoreSession db, Batch batch, long now) => db.Execute(
        "INSERT INTO batches (id, job_id, stage_id, worker_id, state, sent_at) VALUES ($1, $2, $3, $4, $5, $6)",
        batch.Id, batch.JobId, batch.StageId, batch.WorkerId, batch.State, now);

    /// <summary>The batch with this id, or null.</summary>
    public static Batch? ById(StoreSession db, long id) => db.First($"SELECT {Columns} FROM batches WHERE id = $1", Read, id);

    /// <summary>Sets the state of a batch, and its acknowledgement and end times.</summary>
    public static void SetState(StoreSession db, long id, BatchState state, long now) => db.Execute(
        """
        UPDATE batches SET state = $2, acknowledged_at = coalesce(acknowledged_at, $3), ended_at = CASE WHEN $2 IN (2, 3) THEN $3 ELSE NULL END
        WHERE id = $1
        """,
        id, state, now);

    /// <summary>Deletes a released batch.</summary>
    public static void Remove(StoreSession db, long id) => db.Execute("DELETE FROM batches WHERE id = $1", id);

    /// <summary>The unacknowledged batches of a worker.</summary>
    public static List<long> SentTo(StoreSession db, long workerId) => Ids(
        db, "SELECT id FROM batches INDEXED BY batches_out WHERE worker_id = $1 AND state IN (0, 1) AND state = 0 ORDER BY id", workerId);

    /// <summary>The unacknowledged batches of a seed.</summary>
    public static List<long> SentOf(StoreSession db, long jobId) =>
        Ids(db, "SELECT id FROM batches INDEXED BY batches_sent WHERE job_id = $1 AND state = 0 ORDER BY id", jobId);

    /// <summary>All batches that a worker holds.</summary>
    public static List<long> HeldBy(StoreSession db, long workerId) =>
        Ids(db, "SELECT id FROM batches WHERE worker_id = $1 AND state IN (0, 1) ORDER BY id", workerId);

    /// <summary>Deletes up to a number of batches of a job; false when none was left.</summary>
    public static bool RemoveOfJob(StoreSession db, long jobId, int count) => db.Execute(
        "DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE job_id = $1 LIMIT $2)", jobId, count) > 0;

    private static List<long> Ids(StoreSession db, string sql, long of) => db.All(sql, static row => row.GetInt64(0), of);

    private static Batch Read(StoreRow row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), (BatchState)row.GetInt32(4));
}
