using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Lists;

/// <summary>What a list of jobs can be sorted by; ties are broken by age.</summary>
internal enum JobListSort
{
    Updated,
    Created,
    Priority,
    Name,
    Type,
    Status,
    Progress,
}

/// <summary>A job as lists show it. Times are unix milliseconds.</summary>
internal sealed record JobListRow(
    long Id, Guid Uuid, string Name, string Type, JobStatus Status, int Priority, string Activity, long CreatedAt, long UpdatedAt,
    long StepsCompleted, long StepsTotal, TaskCounts Tasks, long? LastRenderedAt, bool StaysOpen);

/// <summary>Jobs for people to look at: sorted, filtered, a page at a time. Jobs that are being deleted are not among them.</summary>
internal static class JobList
{
    private const string Columns =
        """
        id, uuid, name, type, status, priority, activity, created_at, updated_at, steps_completed, steps_total,
        tasks_queued, tasks_soft_failed, tasks_pended, tasks_active, tasks_paused, tasks_completed, tasks_failed, tasks_canceled,
        last_rendered_at, stays_open
        """;

    private const string Wanted =
        """
        delete_requested_at IS NULL AND (($1 >> status) & 1) = 1
          AND ($2 IS NULL OR lower(name) LIKE $2 ESCAPE '\' OR lower(type) LIKE $2 ESCAPE '\')
        """;

    private static readonly Dictionary<(JobListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the jobs that pass the filter.</summary>
    public static List<JobListRow> Page(SqliteSession db, ListFilter filter, JobListSort sort, bool descending) =>
        db.All(Pages[(sort, descending)], Read, filter.Statuses, filter.Pattern, filter.Limit, filter.Offset);

    /// <summary>How many jobs pass the filter.</summary>
    public static long Count(SqliteSession db, ListFilter filter) =>
        db.Number($"SELECT count(*) FROM jobs WHERE {Wanted}", filter.Statuses, filter.Pattern);

    /// <summary>The job with this UUID, or null.</summary>
    public static JobListRow? ByUuid(SqliteSession db, Guid uuid) =>
        db.First($"SELECT {Columns} FROM jobs WHERE uuid = $1 AND delete_requested_at IS NULL", Read, uuid);

    /// <summary>The settings and the metadata of a job, each a JSON object.</summary>
    public static (string Settings, string Metadata) Texts(SqliteSession db, long id) => db.First(
        "SELECT settings, metadata FROM jobs WHERE id = $1", static row => (row.GetString(0), row.GetString(1)), id);

    /// <summary>The job with the newest image of the farm, or null.</summary>
    public static JobListRow? LastRendered(SqliteSession db) => db.First(
        $"""
        SELECT {Columns} FROM jobs WHERE last_rendered_at IS NOT NULL AND delete_requested_at IS NULL
        ORDER BY last_rendered_at DESC LIMIT 1
        """,
        Read);

    private static Dictionary<(JobListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(JobListSort, bool), string>();
        foreach (var sort in Enum.GetValues<JobListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                var order = ListOrder.By(descending, Key(sort), "id");
                pages.Add((sort, descending), $"SELECT {Columns} FROM jobs WHERE {Wanted} {order} LIMIT $3 OFFSET $4");
            }
        }

        return pages;
    }

    private static string Key(JobListSort sort) => sort switch
    {
        JobListSort.Updated => "updated_at",
        JobListSort.Created => "created_at",
        JobListSort.Priority => "priority",
        JobListSort.Name => "lower(name)",
        JobListSort.Type => "lower(type)",
        JobListSort.Status => "status",
        JobListSort.Progress => "CASE WHEN steps_total > 0 THEN steps_completed * 1.0 / steps_total ELSE 0 END",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static JobListRow Read(SqliteRow row) => new(
        row.GetInt64(0), row.Uuid(1), row.GetString(2), row.GetString(3), (JobStatus)row.GetInt32(4), row.GetInt32(5), row.GetString(6),
        row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10),
        new TaskCounts(
            row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14),
            row.GetInt64(15), row.GetInt64(16), row.GetInt64(17), row.GetInt64(18)),
        row.NumberOrNull(19), row.Flag(20));
}
