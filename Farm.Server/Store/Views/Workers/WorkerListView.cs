using Dapper;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Store.Views.Workers;

/// <summary>Sort orders of worker lists; ties are broken by name and age.</summary>
internal enum WorkerListSort
{
    Name,
    Status,
    Platform,
    Software,
    LastSeen,
}

/// <summary>Pages of workers for display, sorted and filtered, without removed ones.</summary>
internal static class WorkerListView
{
    private const string Wanted =
        """
        deleted_at IS NULL AND ((@statuses >> CAST(status AS INTEGER)) & 1) = 1
          AND (CAST(@pattern AS TEXT) IS NULL OR lower(name) LIKE @pattern ESCAPE '\' OR lower(address) LIKE @pattern ESCAPE '\' OR EXISTS (
            SELECT 1 FROM worker_tags wt JOIN tags g ON g.id = wt.tag_id
            WHERE wt.worker_id = workers.id AND lower(g.name) LIKE @pattern ESCAPE '\'))
        """;

    private const string CountWanted = $"SELECT count(*) FROM workers WHERE {Wanted}";

    private static readonly Dictionary<(WorkerListSort, bool), string> Pages = MakePages();

    /// <summary>One page of the workers that match the filter, with their task types, tags and task.</summary>
    public static List<WorkerRow> Page(StoreSession db, ListFilter filter, WorkerListSort sort, bool descending) =>
        WorkerView.Complete(db, [.. db.Connection.Query<StoredWorker>(Pages[(sort, descending)], filter).Select(row => row.ToWorker())]);

    /// <summary>Number of workers that match the filter.</summary>
    public static long Count(StoreSession db, ListFilter filter) => db.Connection.ExecuteScalar<long>(CountWanted, filter);

    private static Dictionary<(WorkerListSort, bool), string> MakePages()
    {
        var pages = new Dictionary<(WorkerListSort, bool), string>();
        foreach (var sort in Enum.GetValues<WorkerListSort>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                var order = ListOrder.By(descending, Key(sort), "lower(name)", "id");
                pages.Add((sort, descending), $"SELECT {WorkerTable.Columns} FROM workers WHERE {Wanted} {order} LIMIT @limit OFFSET @offset");
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
