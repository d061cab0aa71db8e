using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>
/// The tasks that a worker has, or was the last to have, but for those of jobs that are being deleted. They are found by its attempts, so that the
/// many updates of a task need keep no index of their own; the cost grows with what this worker did, not with what the farm has.
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

    /// <summary>One page, the latest updated first.</summary>
    public static List<TaskRow> Page(SqliteSession db, long worker, long offset, int limit) =>
        db.Connection.Query<TaskRow>(OnePage, new { worker, offset, limit }).AsList();

    /// <summary>How many there are.</summary>
    public static long Count(SqliteSession db, long worker) => db.Connection.ExecuteScalar<long>(CountWanted, new { worker });
}
