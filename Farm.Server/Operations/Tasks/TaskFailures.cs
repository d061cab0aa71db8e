using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>Handles tasks that fail on a worker (Contracts/Flamenco/Contract.md section 4.4).</summary>
internal sealed class TaskFailures(TaskTransitions transitions, TaskChanges changes, TaskRequeue requeue, JobTransitions jobs)
{
    /// <summary>Applies a failure of the task's current attempt.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="task">The task; a worker holds it.</param>
    /// <param name="limits">Failure thresholds.</param>
    /// <param name="change">The worker's report; the status is decided here.</param>
    public void Apply(WriteTransaction tx, FarmTask task, FailureLimits limits, TaskChange change)
    {
        var workerId = task.WorkerId!.Value;
        var job = JobTable.ById(tx.Db, task.JobId)!;
        var requirements = StageTable.Requirements(tx.Db, task.StageId);
        var type = requirements.TaskType;
        FailureTable.Insert(tx.Db, task.Id, workerId, job.Id, type);
        var facts = Facts(tx.Db, task, workerId, requirements);
        var decision = FailureRules.Decide(facts, limits);

        if (decision.Blocklist) FailureTable.Block(tx.Db, job.Id, workerId, type, tx.Now);
        // Done before this task fails: tasks that other workers can still run do not count as failures of the job, and they follow if the job fails.
        if (decision.RequeueHardFailed && !JobRules.IsOver(job.Status)) RequeueHardFailed(tx, job.Id, workerId, except: task.Id);
        change = change with { To = decision.Task, Reason = Reason(decision, facts, limits) };
        if (decision.JobFails && job.Lifecycle.FailsWithItsTasks && JobRules.CanFail(job.Status) && job.BulkUpdate != BulkUpdate.Delete)
        {
            var counted = changes.Apply(tx, task, change);
            jobs.Apply(tx, counted, JobStatus.Failed, $"no worker is left that can run task {task.Name}");
        }
        else
        {
            transitions.Apply(tx, task, change);
        }
    }

    private static FailureFacts Facts(StoreSession db, FarmTask task, long workerId, StageRequirements requirements) => new(
        FailureTable.WorkersThatFailed(db, task.Id),
        FailureTable.TasksFailedBy(db, task.JobId, workerId, requirements.TaskType),
        FailureTable.CapableOthersForTask(db, task.JobId, requirements.TaskType, requirements.WorkerTag, workerId, task.Id),
        FailureTable.CapableOthers(db, task.JobId, requirements.TaskType, requirements.WorkerTag, workerId),
        requirements.FailureIsFinal);

    private static string Reason(FailureDecision decision, FailureFacts facts, FailureLimits limits) => decision switch
    {
        _ when facts.IsFinal => "Task failed for good: tasks of this kind are not retried",
        { JobFails: true } => "Task failed for good: no other worker can run it",
        { Task: TaskStatus.Failed } => $"Task failed for good: {facts.WorkersThatFailedTask} workers failed it, the limit is {limits.TaskFailAfter}",
        _ => $"Task failed on one worker; {Others(facts.CapableOthersForTask)} can still try it",
    };

    private void RequeueHardFailed(WriteTransaction tx, long jobId, long workerId, long except)
    {
        foreach (var task in TaskTable.HardFailedBy(tx.Db, jobId, workerId))
        {
            if (task.Id == except) continue;
            requeue.One(tx, task, TaskCause.Blocklist, "The worker that failed this task is now on the job's blocklist");
        }
    }

    private static string Others(int count) => count == 1 ? "1 other worker" : $"{count} other workers";
}
