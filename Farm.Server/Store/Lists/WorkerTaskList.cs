using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Lists;

/// <summary>
/// The tasks that a worker has, or was the last to have. They are found by its attempts, so that the many updates of a task need keep no
/// index of their own; the cost grows with what this worker did, not with what the farm has.
/// </summary>
internal static class WorkerTaskList
{
    private const string Wanted =
        """
        (SELECT DISTINCT task_id FROM attempts WHERE worker_id = $1) mine
        JOIN tasks t ON t.id = mine.task_id AND t.worker_id = $1 JOIN jobs j ON j.id = t.job_id AND j.delete_requested_at IS NULL
        """;

    /// <summary>One page, the latest updated first.</summary>
    public static List<TaskListRow> Page(SqliteSession db, long workerId, long offset, int limit) => db.All(
        $"""
        SELECT {TaskListRow.Columns} FROM (
          SELECT t.id AS id FROM {Wanted} ORDER BY t.updated_at DESC, t.id DESC LIMIT $2 OFFSET $3) page
        JOIN tasks t ON t.id = page.id {TaskListRow.Tables} ORDER BY t.updated_at DESC, t.id DESC
        """,
        TaskListRow.Read, workerId, limit, offset);

    /// <summary>How many there are.</summary>
    public static long Count(SqliteSession db, long workerId) => db.Number($"SELECT count(*) FROM {Wanted}", workerId);
}
