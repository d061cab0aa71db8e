using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Operations.Reading;

/// <summary>Reads jobs for those who look at them.</summary>
internal sealed class JobQueries(FarmStore store)
{
    private const string Query =
        """
        SELECT j.id, j.uuid, j.name, j.type, j.status, j.priority, j.activity, j.submitter_platform, j.settings, j.metadata,
          j.shaman_checkout_id, g.uuid, j.created_at, j.updated_at, j.last_rendered_at, j.delete_requested_at, j.steps_completed, j.steps_total,
          j.tasks_queued, j.tasks_soft_failed, j.tasks_pended, j.tasks_active, j.tasks_paused, j.tasks_completed, j.tasks_failed, j.tasks_canceled
        FROM jobs j LEFT JOIN tags g ON g.id = j.worker_tag_id
        """;

    /// <summary>The job with this UUID, or null.</summary>
    public JobDetails? Find(Guid uuid) => store.Read(db => db.First($"{Query} WHERE j.uuid = $1", Read, uuid));

    /// <summary>Jobs in the order of their creation, those after an id; 0 is before the first.</summary>
    public List<JobDetails> After(long id, int count) =>
        store.Read(db => db.All($"{Query} WHERE j.id > $1 ORDER BY j.id LIMIT $2", Read, id, count));

    /// <summary>The job whose last-rendered image is the newest of the farm, or null when no job has one.</summary>
    public Guid? LastRendered() => store.Read(db => db.First(
        "SELECT uuid FROM jobs WHERE last_rendered_at IS NOT NULL ORDER BY last_rendered_at DESC, id DESC LIMIT 1",
        static row => (Guid?)row.Uuid(0)));

    private static JobDetails Read(SqliteRow row) => new()
    {
        Id = row.GetInt64(0),
        Uuid = row.Uuid(1),
        Name = row.GetString(2),
        Type = row.GetString(3),
        Status = (JobStatus)row.GetInt32(4),
        Priority = row.GetInt32(5),
        Activity = row.GetString(6),
        SubmitterPlatform = row.GetString(7),
        Settings = row.GetString(8),
        Metadata = row.GetString(9),
        ShamanCheckoutId = row.TextOrNull(10),
        WorkerTag = row.UuidOrNull(11),
        CreatedAt = row.GetInt64(12),
        UpdatedAt = row.GetInt64(13),
        LastRenderedAt = row.NumberOrNull(14),
        DeleteRequestedAt = row.NumberOrNull(15),
        StepsCompleted = row.GetInt64(16),
        StepsTotal = row.GetInt64(17),
        Tasks = new TaskCounts(
            row.GetInt64(18), row.GetInt64(19), row.GetInt64(20), row.GetInt64(21),
            row.GetInt64(22), row.GetInt64(23), row.GetInt64(24), row.GetInt64(25)),
    };
}
