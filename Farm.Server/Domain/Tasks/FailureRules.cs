namespace Farm.Server.Domain.Tasks;

/// <summary>Failure thresholds (Contracts/Flamenco/Contract.md section 9).</summary>
/// <param name="TaskFailAfter">
/// A task fails for good after this many different workers failed it (<c>task_fail_after_softfail_count</c>).
/// </param>
/// <param name="BlocklistThreshold">
/// A worker is blocked from a task type in a job after it failed this many of its tasks (<c>blocklist_threshold</c>).
/// </param>
internal sealed record FailureLimits(int TaskFailAfter = 3, int BlocklistThreshold = 3);

/// <summary>The facts about a reported failure. All numbers include this failure.</summary>
/// <param name="WorkersThatFailedTask">Number of different workers that failed this task.</param>
/// <param name="TasksFailedByWorker">Number of tasks of this type in this job that this worker failed.</param>
/// <param name="CapableOthersForTask">Number of other workers that could still run this task.</param>
/// <param name="CapableOthersForType">Number of other workers that could run tasks of this type in this job.</param>
/// <param name="IsFinal">Whether the stage of the task makes failures final.</param>
internal readonly record struct FailureFacts(
    int WorkersThatFailedTask, int TasksFailedByWorker, int CapableOthersForTask, int CapableOthersForType, bool IsFinal = false);

/// <summary>The decision about a failure.</summary>
/// <param name="Task">The new status of the task: soft-failed or failed.</param>
/// <param name="JobFails">
/// Whether the job fails too, regardless of its share of failed tasks, because no worker is left to run them.
/// </param>
/// <param name="Blocklist">Whether the worker is blocked from tasks of this type in this job.</param>
/// <param name="RequeueHardFailed">Whether other tasks of this job that this worker failed for good are requeued.</param>
internal readonly record struct FailureDecision(TaskStatus Task, bool JobFails, bool Blocklist, bool RequeueHardFailed);

/// <summary>What happens when a worker reports <c>failed</c> (Contracts/Flamenco/Contract.md section 4.4 with its F decisions).</summary>
internal static class FailureRules
{
    /// <summary>Decides on one failure.</summary>
    public static FailureDecision Decide(FailureFacts facts, FailureLimits limits)
    {
        // The task is at fault, so it does not count against the worker.
        if (facts.IsFinal) return new(TaskStatus.Failed, JobFails: false, Blocklist: false, RequeueHardFailed: false);
        var block = facts.TasksFailedByWorker >= limits.BlocklistThreshold;
        if (block && facts.CapableOthersForType == 0) return new(TaskStatus.Failed, JobFails: true, block, RequeueHardFailed: false);
        if (facts.WorkersThatFailedTask >= limits.TaskFailAfter) return new(TaskStatus.Failed, JobFails: false, block, block);
        return facts.CapableOthersForTask == 0
            ? new(TaskStatus.Failed, JobFails: true, block, block)
            : new(TaskStatus.SoftFailed, JobFails: false, block, block);
    }
}
