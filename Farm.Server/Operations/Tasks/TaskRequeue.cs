using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>Gives tasks back to the queue (Contracts/Flamenco/Contract.md section 4.3).</summary>
internal static class TaskRequeue
{
    /// <summary>Takes all tasks from a worker who can no longer do them.</summary>
    public static void RequeueAll(WriteTransaction tx, long workerId, AttemptOutcome outcome, string reason)
    {
        foreach (var task in TaskTable.HeldBy(tx.Db, workerId)) Requeue(tx, task, new TaskChange(TaskStatus.Queued) { Outcome = outcome, Reason = reason });
    }

    /// <summary>Takes a task from its worker: back in the queue, or held when its job is.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="task">The task.</param>
    /// <param name="change">Says why; its status is decided here.</param>
    public static void Requeue(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        var job = JobTable.ById(tx.Db, task.JobId)!;
        TaskTransitions.Apply(tx, task, change with { To = JobRules.GivenBack(job.Status), Activity = change.Activity ?? change.Reason });
    }
}
