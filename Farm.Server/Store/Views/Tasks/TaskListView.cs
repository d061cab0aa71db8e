using Dapper;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>Sort orders of task lists; ties are broken by index.</summary>
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
/// Pages of the tasks of one job for display, sorted and filtered. A job can have a million tasks, so a first query finds the ids on the
/// page with only the columns needed for sorting and filtering; only these rows are then read in full.
/// </summary>
internal static class TaskListView
{
    private const string Wanted =
        """
        t.job_id = @job AND ((@statuses >> CAST(t.status AS INTEGER)) & 1) = 1
          AND (CAST(@pattern AS TEXT) IS NULL OR lower(t.name) LIKE @pattern ESCAPE '\'
            OR EXISTS (SELECT 1 FROM workers w WHERE w.id = t.worker_id AND lower(w.name) LIKE @pattern ESCAPE '\'))
        """;

    private const string CountWanted = $"SELECT count(*) FROM tasks t WHERE {Wanted}";

    private const string FromIndex =
        $"SELECT {TaskRow.Columns} FROM tasks t {TaskRow.Joins} WHERE t.job_id = @job AND t.number >= @index ORDER BY t.number LIMIT @limit";

    private const string DownFromIndex =
        $"SELECT {TaskRow.Columns} FROM tasks t {TaskRow.Joins} WHERE t.job_id = @job AND t.number <= @index ORDER BY t.number DESC LIMIT @limit";

    private static readonly Dictionary<(TaskListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the tasks that match the filter.</summary>
    /// <param name="db">The session.</param>
    /// <param name="job">The job.</param>
    /// <param name="counts">The counters of the job.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="sort">The sort order.</param>
    /// <param name="descending">Whether to sort in descending order.</param>
    public static List<TaskRow> Page(StoreSession db, long job, TaskCounts counts, ListFilter filter, TaskListSort sort, bool descending)
    {
        if (filter.MatchesAll && sort == TaskListSort.Index) return ByIndex(db, job, counts.Total, filter, descending);
        // If the counters tell how many tasks match, stop at the last match.
        var limit = filter.Pattern is null ? Math.Min(filter.Limit, Count(counts, filter) - filter.Offset) : filter.Limit;
        if (limit <= 0) return [];
        return db.Connection.Query<TaskRow>(
            Pages[(sort, descending)], new { job, filter.Statuses, filter.Pattern, limit, filter.Offset }).AsList();
    }

    /// <summary>Number of tasks that match the filter; taken from the counters unless the filter has a text.</summary>
    /// <param name="db">The session.</param>
    /// <param name="job">The job.</param>
    /// <param name="counts">The counters of the job.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="rows">Number of rows on the page.</param>
    public static long Total(StoreSession db, long job, TaskCounts counts, ListFilter filter, int rows) => filter.Pattern is null
        ? Count(counts, filter)
        : filter.Total(rows, () => db.Connection.ExecuteScalar<long>(CountWanted, new { job, filter.Statuses, filter.Pattern }));

    private static long Count(TaskCounts counts, ListFilter filter) =>
        Enum.GetValues<TaskStatus>().Where(status => filter.Includes(status)).Sum(status => counts[status]);

    /// <summary>
    /// Indexes are dense, so a page of the unfiltered list starts at a known index and the last page is as cheap as the first.
    /// </summary>
    private static List<TaskRow> ByIndex(StoreSession db, long job, long total, ListFilter filter, bool descending) => descending
        ? db.Connection.Query<TaskRow>(DownFromIndex, new { job, index = total - 1 - filter.Offset, filter.Limit }).AsList()
        : db.Connection.Query<TaskRow>(FromIndex, new { job, index = filter.Offset, filter.Limit }).AsList();

    private static Dictionary<(TaskListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(TaskListSort, bool), string>();
        foreach (var sort in Enum.GetValues<TaskListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                pages.Add((sort, descending), $"""
                    SELECT {TaskRow.Columns} FROM (
                      SELECT t.id AS id, {Key(sort)} AS sorting FROM tasks t WHERE {Wanted}
                      {ListOrder.By(descending, "sorting", "t.number")} LIMIT @limit OFFSET @offset) page
                    JOIN tasks t ON t.id = page.id {TaskRow.Joins} {ListOrder.By(descending, "page.sorting", "t.number")}
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
