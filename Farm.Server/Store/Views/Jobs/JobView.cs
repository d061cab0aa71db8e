using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>Jobs by id, or in order of creation.</summary>
internal static class JobView
{
    private const string Details = $"SELECT {JobDetails.Columns} FROM jobs j LEFT JOIN tags g ON g.id = j.worker_tag_id";

    private const string ByUuid = $"{Details} WHERE j.uuid = @uuid";

    private const string ByUuids = $"{Details} WHERE j.uuid IN (SELECT unhex(value) FROM json_each(@uuids))";

    private const string AfterId =
        $"{Details} WHERE j.id > @id AND (@withDeleted = 1 OR j.delete_requested_at IS NULL) ORDER BY j.id LIMIT @count";

    private const string Newest =
        $"""
        SELECT {JobRow.Columns} FROM jobs j WHERE j.last_rendered_at IS NOT NULL AND j.delete_requested_at IS NULL
        ORDER BY j.last_rendered_at DESC, j.id DESC LIMIT 1
        """;

    private const string Sums =
        """
        SELECT t.job_id, coalesce(sum(t.errors), 0) AS errors, min(t.started_at) AS started_at, max(t.completed_at) AS completed_at
        FROM tasks t WHERE t.job_id IN (SELECT value FROM json_each(@jobs)) GROUP BY t.job_id
        """;

    /// <summary>The job with this UUID, even if it is being deleted; null if there is none.</summary>
    public static JobDetails? Find(StoreSession db, Guid uuid) => db.Connection.QueryFirstOrDefault<JobDetails>(ByUuid, new { uuid });

    /// <summary>The jobs with these UUIDs, including those being deleted; unknown UUIDs are omitted.</summary>
    public static Dictionary<Guid, JobDetails> Find(StoreSession db, IEnumerable<Guid> uuids) =>
        db.Connection.Query<JobDetails>(ByUuids, new { uuids = IdList.Json(uuids) }).ToDictionary(job => job.Uuid);

    /// <summary>Jobs after an id, in order of creation; 0 starts at the first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="id">The id after which to start.</param>
    /// <param name="count">Maximum number of jobs.</param>
    /// <param name="withDeleted">Whether to include jobs that are being deleted.</param>
    public static List<JobDetails> After(StoreSession db, long id, int count, bool withDeleted) =>
        db.Connection.Query<JobDetails>(AfterId, new { id, count, withDeleted }).AsList();

    /// <summary>The job with the newest last-rendered image, ignoring jobs that are being deleted; null if no job has an image.</summary>
    public static JobRow? LastRendered(StoreSession db) => db.Connection.QueryFirstOrDefault<JobRow>(Newest);

    /// <summary>Totals over the tasks of jobs, by job; jobs without tasks are omitted.</summary>
    public static Dictionary<long, JobTotals> Totals(StoreSession db, IEnumerable<long> jobs) =>
        db.Connection.Query<JobTotals>(Sums, new { jobs = IdList.Json(jobs) }).ToDictionary(totals => totals.JobId);
}
