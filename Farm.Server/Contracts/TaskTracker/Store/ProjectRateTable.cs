using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Stored rate limits of projects (Contracts/TaskTracker/Contract.md section 5.7).</summary>
internal static class ProjectRateTable
{
    /// <summary>The bucket of a project; null if nothing was taken from it yet.</summary>
    public static TokenBucket? Find(StoreSession db, long project, bool isSubmit) => db.First(
        "SELECT rate, taken_at, empty FROM project_rates WHERE job_id = $1 AND is_submit = $2",
        static row => TokenBucket.Of(row.GetDouble(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), TimeSpan.FromTicks(row.GetInt64(2))),
        project, isSubmit);

    /// <summary>Stores the bucket of a project.</summary>
    public static void Set(StoreSession db, long project, bool isSubmit, TokenBucket bucket) => db.Execute(
        """
        INSERT INTO project_rates (job_id, is_submit, rate, taken_at, empty) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (job_id, is_submit) DO UPDATE SET rate = excluded.rate, taken_at = excluded.taken_at, empty = excluded.empty
        """,
        project, isSubmit, bucket.Rate, bucket.TakenAt.UtcTicks, bucket.Empty.Ticks);

    /// <summary>Forgets the buckets of a project.</summary>
    public static void Remove(StoreSession db, long project) => db.Execute("DELETE FROM project_rates WHERE job_id = $1", project);
}
