using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Store.Lists;

/// <summary>What a list of workers can be sorted by; ties are broken by name and age.</summary>
internal enum WorkerListSort
{
    Name,
    Status,
    Platform,
    Software,
    LastSeen,
}

/// <summary>The task in a worker's hands.</summary>
internal sealed record HeldTask(Guid Uuid, string Name, Guid JobUuid, string JobName);

/// <summary>Workers for people to look at: sorted, filtered, a page at a time.</summary>
internal static class WorkerList
{
    private const string Wanted =
        """
        deleted_at IS NULL AND (($1 >> status) & 1) = 1
          AND ($2 IS NULL OR lower(name) LIKE $2 ESCAPE '\' OR lower(address) LIKE $2 ESCAPE '\' OR EXISTS (
            SELECT 1 FROM worker_tags wt JOIN tags g ON g.id = wt.tag_id
            WHERE wt.worker_id = workers.id AND lower(g.name) LIKE $2 ESCAPE '\'))
        """;

    private static readonly Dictionary<(WorkerListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the workers that pass the filter.</summary>
    public static List<FarmWorker> Page(SqliteSession db, ListFilter filter, WorkerListSort sort, bool descending) =>
        db.All(Pages[(sort, descending)], WorkerTable.Read, filter.Statuses, filter.Pattern, filter.Limit, filter.Offset);

    /// <summary>How many workers pass the filter.</summary>
    public static long Count(SqliteSession db, ListFilter filter) =>
        db.Number($"SELECT count(*) FROM workers WHERE {Wanted}", filter.Statuses, filter.Pattern);

    /// <summary>The names of the tags that a worker bears.</summary>
    public static List<string> TagNames(SqliteSession db, long id) => db.All(
        "SELECT g.name FROM worker_tags wt JOIN tags g ON g.id = wt.tag_id WHERE wt.worker_id = $1 ORDER BY lower(g.name), g.id",
        static row => row.GetString(0), id);

    /// <summary>The task in a worker's hands, or null.</summary>
    public static HeldTask? CurrentTask(SqliteSession db, long id) => db.First(
        """
        SELECT t.uuid, t.name, j.uuid, j.name FROM tasks t JOIN jobs j ON j.id = t.job_id
        WHERE t.worker_id = $1 AND t.status = 3 ORDER BY t.updated_at DESC LIMIT 1
        """,
        static row => new HeldTask(row.Uuid(0), row.GetString(1), row.Uuid(2), row.GetString(3)), id);

    private static Dictionary<(WorkerListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(WorkerListSort, bool), string>();
        foreach (var sort in Enum.GetValues<WorkerListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                var order = ListOrder.By(descending, Key(sort), "lower(name)", "id");
                pages.Add((sort, descending), $"SELECT {WorkerTable.Columns} FROM workers WHERE {Wanted} {order} LIMIT $3 OFFSET $4");
            }
        }

        return pages;
    }

    private static string Key(WorkerListSort sort) => sort switch
    {
        WorkerListSort.Name => "lower(name)",
        WorkerListSort.Status => "status",
        WorkerListSort.Platform => "lower(platform)",
        WorkerListSort.Software => "lower(software)",
        WorkerListSort.LastSeen => "coalesce(last_seen_at, 0)",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };
}
