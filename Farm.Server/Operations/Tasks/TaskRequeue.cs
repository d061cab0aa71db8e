using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>Requeues tasks (Contracts/Flamenco/Contract.md section 4.3).</summary>
internal sealed class TaskRequeue(TaskTransitions transitions)
{
    /// <summary>Requeues all tasks of a worker that can no longer run them.</summary>
    public void All(WriteTransaction tx, long workerId, TaskCause cause, string reason)
    {
        foreach (var task in TaskTable.HeldBy(tx.Db, workerId)) One(tx, task, cause, reason);
    }

    /// <summary>Takes a task from its worker, or retries it: it is queued, or held if its job is held.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="task">The task.</param>
    /// <param name="cause">The cause.</param>
    /// <param name="reason">The cause as text for people.</param>
    public void One(WriteTransaction tx, FarmTask task, TaskCause cause, string reason)
    {
        var job = JobTable.ById(tx.Db, task.JobId)!;
        transitions.Apply(tx, task, new TaskChange(JobRules.RequeuedTaskStatus(job.Status), cause) { Activity = reason, Reason = reason });
    }
}
