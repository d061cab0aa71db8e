namespace Farm.Server.Domain.Tasks;

/// <summary>When failures add up (Contracts/Flamenco/Contract.md section 9, keys of the same names).</summary>
/// <param name="TaskFailAfter">A task fails for good once this many different workers failed it (<c>task_fail_after_softfail_count</c>).</param>
/// <param name="BlocklistThreshold">A worker gets no more tasks of a type of a job once it failed this many of them (<c>blocklist_threshold</c>).</param>
internal sealed record FailureLimits(int TaskFailAfter = 3, int BlocklistThreshold = 3);

/// <summary>What is known when a worker reports that a task failed. All numbers count the present failure.</summary>
/// <param name="WorkersThatFailedTask">Different workers that failed this task.</param>
/// <param name="TasksFailedByWorker">Tasks of this type of this job that this worker failed.</param>
/// <param name="CapableOthersForTask">Other workers that could still do this task.</param>
/// <param name="CapableOthersForType">Other workers that could do tasks of this type of this job.</param>
/// <param name="IsFinal">The task's stage says that a failure is final.</param>
internal readonly record struct FailureFacts(
    int WorkersThatFailedTask, int TasksFailedByWorker, int CapableOthersForTask, int CapableOthersForType, bool IsFinal = false);

/// <summary>The decision about a failure.</summary>
/// <param name="Task">What the task becomes: soft-failed or failed.</param>
/// <param name="JobFails">The job fails as well, whatever share of its tasks failed: nobody is left to do them.</param>
/// <param name="Blocklist">The worker gets no more tasks of this type of this job.</param>
/// <param name="RequeueHardFailed">Other tasks of this job that this worker failed for good go back into the queue.</param>
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
