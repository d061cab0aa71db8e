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

    /// <summary>Removes the tasks of a job in a range of indexes, with their rows in other tables.</summary>
    public static void Remove(StoreSession db, long jobId, long from, long to)
    {
        db.Execute("DELETE FROM task_logs WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM attempts WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM task_messages WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM task_failures WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3", jobId, from, to);
    }

    /// <summary>Removes up to <paramref name="count"/> command lists of a job; false if it has none.</summary>
    public static bool RemoveCommandLists(StoreSession db, long jobId, int count) => db.Execute(
        "DELETE FROM command_lists WHERE id IN (SELECT id FROM command_lists WHERE job_id = $1 LIMIT $2)", jobId, count) > 0;

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
