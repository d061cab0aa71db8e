using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Changes of many tasks of a job at once, a range of places at a time.</summary>
internal static class TaskSliceTable
{
    /// <summary>How many tasks of a stage have a status within a range of places, and their completed steps.</summary>
    internal readonly record struct Group(long StageId, TaskStatus Status, long Tasks, long Steps, long StepsTotal);

    /// <summary>The tasks in a range of places of a job, counted by stage and status.</summary>
    public static List<Group> Groups(SqliteSession db, long jobId, long from, long to) => db.All(
        """
        SELECT stage_id, status, count(*), sum(steps_completed), sum(steps_total) FROM tasks
        WHERE job_id = $1 AND number BETWEEN $2 AND $3 GROUP BY stage_id, status
        """,
        static row => new Group(row.GetInt64(0), (TaskStatus)row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        jobId, from, to);

    /// <summary>The UUIDs of the workers that hold tasks in a range of places of a job.</summary>
    public static List<Guid> Holders(SqliteSession db, long jobId, long from, long to) => db.All(
        """
        SELECT DISTINCT w.uuid FROM tasks t JOIN workers w ON w.id = t.worker_id
        WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3 AND t.status = 3
        """,
        static row => row.Uuid(0), jobId, from, to);

    /// <summary>Gives all tasks of one status in a range of places a new one; whoever held them holds them no more.</summary>
    public static void Change(
        SqliteSession db, long jobId, long from, long to, TaskStatus status, TaskStatus becomes, string activity, long now) => db.Execute(
        """
        UPDATE tasks SET status = $5, activity = $6, updated_at = $7, attempt_id = NULL,
          steps_completed = CASE WHEN $5 IN (0, 2, 4) THEN 0 WHEN $5 = 5 THEN steps_total ELSE steps_completed END,
          timeouts = CASE WHEN $5 = 0 THEN 0 ELSE timeouts END,
          started_at = CASE WHEN $5 IN (0, 2, 4) THEN NULL ELSE started_at END,
          completed_at = CASE WHEN $5 = 5 THEN $7 ELSE NULL END
        WHERE job_id = $1 AND number BETWEEN $2 AND $3 AND status = $4
        """,
        jobId, from, to, status, becomes, activity, now);

    /// <summary>Ends the attempts of the tasks that are held in a range of places.</summary>
    public static void EndAttempts(SqliteSession db, long jobId, long from, long to, long now) => db.Execute(
        """
        UPDATE attempts SET ended_at = $4, outcome = $5 WHERE id IN (
          SELECT attempt_id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3 AND attempt_id IS NOT NULL)
        """,
        jobId, from, to, now, AttemptOutcome.TakenAway);

    /// <summary>Removes the tasks in a range of places with everything that hangs on them.</summary>
    public static void Remove(SqliteSession db, long jobId, long from, long to)
    {
        db.Execute("DELETE FROM task_logs WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM attempts WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM task_messages WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM task_failures WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3)", jobId, from, to);
        db.Execute("DELETE FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3", jobId, from, to);
    }

    /// <summary>Removes command lists of a job, some at a time; false when none is left.</summary>
    public static bool RemoveCommandLists(SqliteSession db, long jobId, int count) => db.Execute(
        "DELETE FROM command_lists WHERE id IN (SELECT id FROM command_lists WHERE job_id = $1 LIMIT $2)", jobId, count) > 0;

    /// <summary>Removes the job itself; its tasks are gone already.</summary>
    public static void RemoveJob(SqliteSession db, long jobId)
    {
        db.Execute("DELETE FROM stages WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM blocklist WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM job_sources WHERE job_id = $1", jobId);
        db.Execute("DELETE FROM seeds WHERE job_id = $1", jobId);
        // A job that is made later may get the same small integer.
        db.Execute("UPDATE projects SET chain = NULL WHERE chain = $1", jobId);
        db.Execute("DELETE FROM jobs WHERE id = $1", jobId);
    }
}
