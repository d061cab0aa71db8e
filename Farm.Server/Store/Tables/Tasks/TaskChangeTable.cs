using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Writes what the table of effects says of a change into the rows of one task, or of many at once: the task, its attempt, its files and its log.
/// The counters of its stage and job are left to the caller.
/// </summary>
internal static class TaskChangeTable
{
    /// <summary>Changes one task.</summary>
    /// <param name="db">The writer's statements.</param>
    /// <param name="effect">What happens.</param>
    /// <param name="task">The task as it was.</param>
    /// <param name="change">What goes along.</param>
    /// <param name="log">Lines for the log of the task; empty for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>The attempt that began; null when none did.</returns>
    public static long? One(SqliteSession db, TaskEffect effect, FarmTask task, in TaskRowValues change, string log, long now)
    {
        long? began = effect.Attempt == AttemptEffect.Begin
            ? db.Insert(
                "INSERT INTO attempts (task_id, worker_id, started_at, batch_id) VALUES ($1, $2, $3, $4)", task.Id, change.WorkerId, now, change.BatchId)
            : null;
        if (effect.Attempt == AttemptEffect.End)
            db.Execute("UPDATE attempts SET ended_at = $2, outcome = $3, report = $4 WHERE id = $1", task.AttemptId, now, effect.Outcome, change.Report);
        if (effect.RemovesFiles) db.Execute("DELETE FROM artifacts WHERE task_id = $1", task.Id);
        db.Execute(TaskChangeSql.One(effect), task.Id, now, change.Activity, change.Steps, began, change.WorkerId);
        TaskLogTable.Append(db, task.Id, null, log);
        return began;
    }

    /// <summary>Changes many tasks, all of which have the status that the effect begins with.</summary>
    /// <param name="db">The writer's statements.</param>
    /// <param name="effect">What happens.</param>
    /// <param name="jobId">Their job.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="change">What goes along.</param>
    /// <param name="log">Lines for the log of each task; empty for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Many(SqliteSession db, TaskEffect effect, long jobId, IReadOnlyList<TaskRef> tasks, in TaskRowValues change, string log, long now)
    {
        var ids = TaskIds.Json(tasks);
        if (effect.Attempt == AttemptEffect.Begin)
        {
            db.Execute(
                "INSERT INTO attempts (task_id, worker_id, started_at, batch_id) SELECT value, $2, $3, $4 FROM json_each($1)",
                ids, change.WorkerId, now, change.BatchId);
        }

        // As long as the tasks still name the attempts that hold them.
        if (effect.Attempt == AttemptEffect.End)
        {
            db.Execute(
                $"UPDATE attempts SET ended_at = $2, outcome = $3 WHERE id IN (SELECT attempt_id FROM tasks WHERE id IN {TaskChangeSql.Ids})",
                ids, now, effect.Outcome);
        }

        if (effect.RemovesFiles) db.Execute($"DELETE FROM artifacts WHERE task_id IN {TaskChangeSql.Ids}", ids);
        db.Execute(TaskChangeSql.Many(effect), ids, now, change.Activity, null, null, change.WorkerId);
        TaskLogTable.AppendShared(db, jobId, tasks, log);
    }
}

/// <summary>What a change writes that is not in the table of effects.</summary>
/// <param name="Activity">What people read beside the task; null keeps that.</param>
/// <param name="Steps">Steps done, as the worker reports them; null keeps them. Only for one task.</param>
/// <param name="Report">A digest of the report that ends the attempt; null when no report does. Only for one task.</param>
/// <param name="WorkerId">The worker of the attempt that begins.</param>
/// <param name="BatchId">The batch that the attempt that begins is part of; null for none.</param>
internal readonly record struct TaskRowValues(
    string? Activity = null, int? Steps = null, byte[]? Report = null, long? WorkerId = null, long? BatchId = null);
