using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Writes the effects of a change to one task or many: the rows of tasks, attempts, files and logs. The caller updates the counters of
/// stage and job.
/// </summary>
internal static class TaskChangeTable
{
    /// <summary>Changes one task.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="task">The task before the change.</param>
    /// <param name="change">Values that do not follow from the effect.</param>
    /// <param name="log">Lines for the task's log; empty for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>The new attempt; null if none began.</returns>
    public static long? One(StoreSession db, TaskEffect effect, FarmTask task, in TaskRowValues change, string log, long now)
    {
        long? newAttempt = effect.Attempt == AttemptEffect.Begin
            ? db.Insert(
                "INSERT INTO attempts (task_id, worker_id, started_at, batch_id) VALUES ($1, $2, $3, $4)", task.Id, change.WorkerId, now, change.BatchId)
            : null;
        if (effect.Attempt == AttemptEffect.End)
            db.Later("UPDATE attempts SET ended_at = $2, outcome = $3, report = $4 WHERE id = $1", task.AttemptId, now, effect.Outcome, change.Report);
        if (effect.RemovesFiles) db.Execute("DELETE FROM artifacts WHERE task_id = $1", task.Id);
        TaskLogTable.Append(db, task.Id, task.AttemptId, change.Output ?? "");
        db.Later(TaskChangeSql.One(effect), task.Id, now, change.Activity, change.Steps, newAttempt, change.WorkerId);
        TaskLogTable.Append(db, task.Id, null, log);
        return newAttempt;
    }

    /// <summary>Changes several tasks that all have the effect's old status, each with values of its own. The effect must not remove files.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="changes">The tasks, each once.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Each(StoreSession db, TaskEffect effect, IReadOnlyList<TaskRowChange> changes, long now)
    {
        var attempts = effect.Attempt == AttemptEffect.Begin ? AttemptTable.Insert(db, changes, now) : null;
        if (effect.Attempt == AttemptEffect.End) AttemptTable.End(db, changes, effect.Outcome, now);
        var rows = RowList.Json(changes, (json, change) =>
        {
            json.WriteNumberValue(change.Task.Id);
            json.WriteStringValue(change.Values.Activity);
            json.Number(change.Values.Steps);
            json.Number(attempts?[change.Task.Id]);
            json.Number(change.Values.WorkerId);
        });
        db.Later(TaskChangeSql.Each(effect), rows, now);
        TaskLogTable.Append(db, changes.SelectMany(change => new[]
        {
            new TaskLogRow(change.Task.Id, change.Task.AttemptId, change.Values.Output ?? ""), new TaskLogRow(change.Task.Id, null, change.Log),
        }));
    }

    /// <summary>Changes many tasks that all have the effect's old status.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="jobId">Their job.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="change">Values that do not follow from the effect.</param>
    /// <param name="log">Lines for the log of each task; empty for none.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Many(StoreSession db, TaskEffect effect, long jobId, IReadOnlyList<TaskRef> tasks, in TaskRowValues change, string log, long now)
    {
        var ids = TaskIds.Json(tasks);
        if (effect.Attempt == AttemptEffect.Begin)
        {
            db.Execute(
                "INSERT INTO attempts (task_id, worker_id, started_at, batch_id) SELECT value, $2, $3, $4 FROM json_each($1)",
                ids, change.WorkerId, now, change.BatchId);
        }

        // Before the update below clears attempt_id.
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

/// <summary>Values of a change that do not follow from the table of effects.</summary>
/// <param name="Activity">The activity text; null keeps the old one.</param>
/// <param name="Steps">Completed steps as reported by the worker; null keeps the old value. For a single task only.</param>
/// <param name="Report">A digest of the report that ends the attempt; null if no report does. For a single task only.</param>
/// <param name="WorkerId">The worker of the new attempt.</param>
/// <param name="BatchId">The batch of the new attempt; null for none.</param>
/// <param name="Output">Text for the log of the attempt that ends; null for none. Not for many tasks.</param>
internal readonly record struct TaskRowValues(
    string? Activity = null, int? Steps = null, byte[]? Report = null, long? WorkerId = null, long? BatchId = null, string? Output = null);
