using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>Sort orders of job lists; ties are broken by age.</summary>
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

/// <summary>Pages of jobs for display, sorted and filtered, without jobs that are being deleted.</summary>
internal static class JobListView
{
    private const string Wanted =
        """
        j.delete_requested_at IS NULL AND ((@statuses >> CAST(j.status AS INTEGER)) & 1) = 1
          AND (CAST(@pattern AS TEXT) IS NULL OR lower(j.name) LIKE @pattern ESCAPE '\' OR lower(j.type) LIKE @pattern ESCAPE '\')
        """;

    private const string CountWanted = $"SELECT count(*) FROM jobs j WHERE {Wanted}";

    private const string ByUuid = $"SELECT {JobRow.Columns} FROM jobs j WHERE j.uuid = @uuid AND j.delete_requested_at IS NULL";

    private static readonly Dictionary<(JobListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the jobs that match the filter.</summary>
    public static List<JobRow> Page(StoreSession db, ListFilter filter, JobListSort sort, bool descending) =>
        db.Connection.Query<JobRow>(Pages[(sort, descending)], filter).AsList();

    /// <summary>Number of jobs that match the filter.</summary>
    public static long Count(StoreSession db, ListFilter filter) => db.Connection.ExecuteScalar<long>(CountWanted, filter);

    /// <summary>The job with this UUID; null if there is none or it is being deleted.</summary>
    public static JobRow? Find(StoreSession db, Guid uuid) => db.Connection.QueryFirstOrDefault<JobRow>(ByUuid, new { uuid });

    private static Dictionary<(JobListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(JobListSort, bool), string>();
        foreach (var sort in Enum.GetValues<JobListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                var order = ListOrder.By(descending, Key(sort), "j.id");
                pages.Add((sort, descending), $"SELECT {JobRow.Columns} FROM jobs j WHERE {Wanted} {order} LIMIT @limit OFFSET @offset");
            }
        }

        return pages;
    }

    private static string Key(JobListSort sort) => sort switch
    {
        JobListSort.Updated => "j.updated_at",
        JobListSort.Created => "j.created_at",
        JobListSort.Priority => "j.priority",
        JobListSort.Name => "lower(j.name)",
        JobListSort.Type => "lower(j.type)",
        JobListSort.Status => "j.status",
        JobListSort.Progress => "CASE WHEN j.steps_total > 0 THEN j.steps_completed * 1.0 / j.steps_total ELSE 0 END",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };
}
