using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Store.Lists;

/// <summary>What a list of the tasks of a job can be sorted by; ties are broken by place.</summary>
internal enum TaskListSort
{
    Index,
    Name,
    Type,
    Status,
    Worker,
    Updated,
}

/// <summary>
/// The tasks of one job for people to look at: sorted, filtered, a page at a time. A job can have a million: which rows are on the page is
/// found first, with as little as the sorting and the filter need, and only these are read whole.
/// </summary>
internal static class TaskList
{
    private const string Wanted =
        """
        t.job_id = $1 AND (($2 >> t.status) & 1) = 1
          AND ($3 IS NULL OR lower(t.name) LIKE $3 ESCAPE '\'
            OR EXISTS (SELECT 1 FROM workers w WHERE w.id = t.worker_id AND lower(w.name) LIKE $3 ESCAPE '\'))
        """;

    private static readonly Dictionary<(TaskListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the tasks that pass the filter.</summary>
    /// <param name="db">SqliteSession.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="counts">The counters of the job.</param>
    /// <param name="filter">Which tasks.</param>
    /// <param name="sort">The order.</param>
    /// <param name="descending">Whether it is turned around.</param>
    public static List<TaskListRow> Page(
        SqliteSession db, long jobId, TaskCounts counts, ListFilter filter, TaskListSort sort, bool descending)
    {
        if (filter.IsOpen && sort == TaskListSort.Index) return InPlace(db, jobId, counts.Total, filter, descending);
        // Where the counters tell how many there are, the search ends with the last of them.
        var limit = filter.Pattern is null ? Math.Min(filter.Limit, Count(counts, filter) - filter.Offset) : filter.Limit;
        if (limit <= 0) return [];
        return db.All(Pages[(sort, descending)], TaskListRow.Read, jobId, filter.Statuses, filter.Pattern, limit, filter.Offset);
    }

    /// <summary>How many tasks pass the filter; only a search for a text may have to look at them.</summary>
    /// <param name="db">SqliteSession.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="counts">The counters of the job.</param>
    /// <param name="filter">Which tasks.</param>
    /// <param name="rows">How many are on the page of this filter.</param>
    public static long Total(SqliteSession db, long jobId, TaskCounts counts, ListFilter filter, int rows) => filter.Pattern is null
        ? Count(counts, filter)
        : filter.Total(rows, () => db.Number($"SELECT count(*) FROM tasks t WHERE {Wanted}", jobId, filter.Statuses, filter.Pattern));

    /// <summary>The task with this UUID, or null; none of a job that is being deleted.</summary>
    public static TaskListRow? ByUuid(SqliteSession db, Guid uuid) => db.First(
        $"SELECT {TaskListRow.Columns} FROM tasks t {TaskListRow.Tables} WHERE t.uuid = $1 AND j.delete_requested_at IS NULL",
        TaskListRow.Read, uuid);

    /// <summary>The commands of a task as JSON, and when it was last heard of (unix milliseconds), or null.</summary>
    public static (string Commands, long? TouchedAt) Details(SqliteSession db, long id) => db.First(
        """
        SELECT c.commands, t.touched_at, s.shared_parameters
        FROM tasks t JOIN command_lists c ON c.id = t.command_list_id JOIN stages s ON s.id = t.stage_id WHERE t.id = $1
        """,
        static row => (CommandJson.MergeShared(row.GetString(0), row.IsDBNull(2) ? null : row.GetString(2)), row.NumberOrNull(1)), id);

    /// <summary>The workers that failed a task since failures were last forgotten.</summary>
    public static List<WorkerName> FailedBy(SqliteSession db, long id) => db.All(
        "SELECT w.uuid, w.name FROM task_failures f JOIN workers w ON w.id = f.worker_id WHERE f.task_id = $1 ORDER BY lower(w.name), w.id",
        static row => new WorkerName(row.Uuid(0), row.GetString(1)), id);

    private static long Count(TaskCounts counts, ListFilter filter) =>
        Enum.GetValues<TaskStatus>().Where(status => filter.Wants(status)).Sum(status => counts[status]);

    /// <summary>
    /// Places are dense, so a page of all tasks in their order begins at a known place: the last page costs what the first does.
    /// </summary>
    private static List<TaskListRow> InPlace(SqliteSession db, long jobId, long total, ListFilter filter, bool descending)
    {
        var select = $"SELECT {TaskListRow.Columns} FROM tasks t {TaskListRow.Tables} WHERE t.job_id = $1 AND t.number";
        return descending
            ? db.All($"{select} <= $2 ORDER BY t.number DESC LIMIT $3", TaskListRow.Read, jobId, total - 1 - filter.Offset, filter.Limit)
            : db.All($"{select} >= $2 ORDER BY t.number LIMIT $3", TaskListRow.Read, jobId, filter.Offset, filter.Limit);
    }

    private static Dictionary<(TaskListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(TaskListSort, bool), string>();
        foreach (var sort in Enum.GetValues<TaskListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                pages.Add((sort, descending), $"""
                    SELECT {TaskListRow.Columns} FROM (
                      SELECT t.id AS id, {Key(sort)} AS sorting FROM tasks t WHERE {Wanted}
                      {ListOrder.By(descending, "sorting", "t.number")} LIMIT $4 OFFSET $5) page
                    JOIN tasks t ON t.id = page.id {TaskListRow.Tables} {ListOrder.By(descending, "page.sorting", "t.number")}
                    """);
            }
        }

        return pages;
    }

    private static string Key(TaskListSort sort) => sort switch
    {
        TaskListSort.Index => "t.number",
        TaskListSort.Name => "lower(t.name)",
        TaskListSort.Type => "(SELECT s.task_type FROM stages s WHERE s.id = t.stage_id)",
        TaskListSort.Status => "t.status",
        TaskListSort.Worker => "coalesce((SELECT lower(w.name) FROM workers w WHERE w.id = t.worker_id), '')",
        TaskListSort.Updated => "t.updated_at",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };
}
