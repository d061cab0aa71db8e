using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>
/// The tasks that a worker holds or held last, without tasks of jobs being deleted. They are found through its attempts, so that updates of
/// tasks have no extra index to maintain; the cost depends on the history of this worker, not on the size of the farm.
/// </summary>
internal static class WorkerTaskListView
{
    private const string Wanted =
        """
        (SELECT DISTINCT task_id FROM attempts WHERE worker_id = @worker) mine
        JOIN tasks t ON t.id = mine.task_id AND t.worker_id = @worker JOIN jobs j ON j.id = t.job_id AND j.delete_requested_at IS NULL
        """;

    private const string OnePage =
        $"""
        SELECT {TaskRow.Columns} FROM (
          SELECT t.id AS id FROM {Wanted} ORDER BY t.updated_at DESC, t.id DESC LIMIT @limit OFFSET @offset) page
        JOIN tasks t ON t.id = page.id {TaskRow.Joins} ORDER BY t.updated_at DESC, t.id DESC
        """;

    private const string CountWanted = $"SELECT count(*) FROM {Wanted}";

    /// <summary>One page, most recently updated first.</summary>
    public static List<TaskRow> Page(StoreSession db, long worker, long offset, int limit) =>
        db.Connection.Query<TaskRow>(OnePage, new { worker, offset, limit }).AsList();

    /// <summary>The number of tasks.</summary>
    public static long Count(StoreSession db, long worker) => db.Connection.ExecuteScalar<long>(CountWanted, new { worker });
}
