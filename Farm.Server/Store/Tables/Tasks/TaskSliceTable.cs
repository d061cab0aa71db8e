using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads and removes tasks of a job by ranges of indexes.</summary>
internal static class TaskSliceTable
{
    /// <summary>The tasks of a job in a range of indexes, by index.</summary>
    public static List<TaskRef> Tasks(StoreSession db, long jobId, long from, long to) => db.All(
        "SELECT id, number, stage_id, status, steps_completed, steps_total FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3 ORDER BY number",
        ReadRef, jobId, from, to);

    /// <summary>The UUIDs of the workers that hold tasks of a job in a range of indexes.</summary>
    public static List<Guid> Holders(StoreSession db, long jobId, long from, long to) => db.All(
        """
        SELECT DISTINCT w.uuid FROM tasks t JOIN workers w ON w.id = t.worker_id
        WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3 AND t.status = 3
        """,
        static row => row.Uuid(0), jobId, from, to);

    /// <summary>The UUIDs of the workers that hold tasks.</summary>
    public static List<Guid> Holders(StoreSession db, IReadOnlyList<TaskRef> tasks) => db.All(
        $"SELECT DISTINCT w.uuid FROM tasks t JOIN workers w ON w.id = t.worker_id WHERE t.id IN {TaskChangeSql.Ids} AND t.status = 3",
        static row => row.Uuid(0), TaskIds.Json(tasks));

    /// <summary>The tables with rows of tasks that <see cref="RemoveDetails"/> removes, with the key of each.</summary>
    public static readonly IReadOnlyList<(string Table, string Key)> Details = [("task_logs", "id"), ("attempts", "id"), ("task_messages", "attempt_id")];

    private static readonly Dictionary<string, string> DetailRemovals = Details.ToDictionary(
        details => details.Table,
        details => string.Intern(
            $"""
            DELETE FROM {details.Table} WHERE {details.Key} IN (
              SELECT d.{details.Key} FROM tasks t JOIN {details.Table} d ON d.task_id = t.id WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3 LIMIT $4)
            """));

    /// <summary>Removes up to <paramref name="count"/> rows of a table that belong to the tasks of a job in a range of indexes; returns how many.</summary>
    public static int RemoveDetails(StoreSession db, (string Table, string Key) details, long jobId, long from, long to, int count) =>
        db.Execute(DetailRemovals[details.Table], jobId, from, to, count);

    /// <summary>Removes the tasks of a job in a range of indexes, after their <see cref="Details"/> and failures.</summary>
    public static void Remove(StoreSession db, long jobId, long from, long to) =>
        db.Execute("DELETE FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3", jobId, from, to);

    /// <summary>Removes up to <paramref name="count"/> command lists of a job; returns how many.</summary>
    public static int RemoveCommandLists(StoreSession db, long jobId, int count) => db.Execute(
        "DELETE FROM command_lists WHERE id IN (SELECT id FROM command_lists WHERE job_id = $1 LIMIT $2)", jobId, count);

    /// <summary>Removes the job itself, after its tasks.</summary>
    public static void RemoveJob(StoreSession db, long jobId)
    {
        db.Execute("DELETE FROM stages WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM blocklist WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM job_sources WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM jobs WHERE id = $1", jobId);
    }

    /// <summary>Reads a task from a row that starts with the columns of <see cref="Tasks"/>.</summary>
    public static TaskRef ReadRef(StoreRow row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (TaskStatus)row.GetInt32(3), row.GetInt32(4), row.GetInt32(5));
}
