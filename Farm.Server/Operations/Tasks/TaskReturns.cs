using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store;
using Farm.Server.Store.Writing;

namespace Farm.Server.Operations.Tasks;

/// <summary>Gives tasks back to the queue (contracts/flamenco.md section 4.3).</summary>
internal static class TaskReturns
{
    /// <summary>Takes all tasks from a worker who can no longer do them.</summary>
    public static void GiveBackAll(WriteTransaction tx, long workerId, AttemptOutcome outcome, string reason)
    {
        foreach (var task in TaskRows.HeldBy(tx.Db, workerId)) GiveBack(tx, task, new TaskChange(TaskStatus.Queued) { Outcome = outcome, Reason = reason });
    }

    /// <summary>Takes a task from its worker: back in the queue, or held when its job is.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="task">The task.</param>
    /// <param name="change">Says why; its status is decided here.</param>
    public static void GiveBack(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        var job = JobRows.ById(tx.Db, task.JobId)!;
        TaskTransitions.Apply(tx, task, change with { To = JobRules.GivenBack(job.Status), Activity = change.Activity ?? change.Reason });
    }
}
