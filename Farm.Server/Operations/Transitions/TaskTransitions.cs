using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>Changes the status of tasks and updates the status of their job by the rules of Contracts/Flamenco/Contract.md section 4.2.</summary>
internal sealed class TaskTransitions(TaskChanges changes, JobTransitions jobs)
{
    /// <summary>Hands a ready task to a worker.</summary>
    public void HandOut(WriteTransaction tx, FarmTask task, FarmWorker worker)
    {
        var job = changes.Apply(tx, task, HandedOut(worker.Name, new TaskHolder(worker.Id, worker.Uuid)));
        Follow(tx, job, TaskStatus.Active, false, $"Task {task.Name} was handed out");
        TaskMetrics.TaskHandedOut(tx);
    }

    /// <summary>Hands ready tasks to workers, each to another.</summary>
    public void HandOut(WriteTransaction tx, IReadOnlyList<(FarmTask Task, FarmWorker Worker)> tasks)
    {
        var changed = changes.Apply(tx, [.. tasks.Select(pair => (pair.Task, HandedOut(pair.Worker.Name, new TaskHolder(pair.Worker.Id, pair.Worker.Uuid))))]);
        foreach (var (job, task) in changed) Follow(tx, job, TaskStatus.Active, false, $"Task {task.Name} was handed out");
        TaskMetrics.TasksHandedOut(tx, tasks.Count);
    }

    /// <summary>Hands ready tasks of a job, all with the same status, to a worker as a batch.</summary>
    /// <returns>The job after the change.</returns>
    public Job HandOut(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, string workerName, TaskHolder holder, string inBatch)
    {
        TaskMetrics.TasksHandedOut(tx, tasks.Count);
        return Apply(tx, job, tasks, HandedOut(workerName, holder, $" in batch {inBatch}"), "Tasks of a batch were handed out");
    }

    /// <summary>Changes the status of a task.</summary>
    public void Apply(WriteTransaction tx, FarmTask task, TaskChange change) =>
        Follow(tx, changes.Apply(tx, task, change), change.To, change.Cause == TaskCause.Person, $"Task {task.Name} is {change.To.Name()}");

    /// <summary>Completes several tasks, of any jobs, with values that their workers reported.</summary>
    public void Complete(WriteTransaction tx, IReadOnlyList<(FarmTask Task, TaskChange Change)> tasks)
    {
        foreach (var (job, task) in changes.Apply(tx, tasks)) Follow(tx, job, TaskStatus.Completed, false, $"Task {task.Name} is completed");
    }

    /// <summary>Changes the status of tasks of a job that all have the same one.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="tasks">At least one.</param>
    /// <param name="change">The change.</param>
    /// <param name="reason">The activity text of the job if its status changes too.</param>
    /// <returns>The job with its counters after the change.</returns>
    public Job Apply(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskChange change, string reason)
    {
        var changed = changes.Apply(tx, job, tasks, change);
        Follow(tx, changed, change.To, change.Cause == TaskCause.Person, reason);
        return changed;
    }

    private static TaskChange HandedOut(string workerName, TaskHolder holder, string how = "") => new(TaskStatus.Active, TaskCause.HandOut)
    {
        Holder = holder,
        Reason = $"Task assigned to worker {workerName} ({holder.Uuid}){how}",
    };

    private void Follow(WriteTransaction tx, Job job, TaskStatus to, bool byPerson, string reason)
    {
        // The deletion of a job must not be replaced by another bulk update.
        if (job.BulkUpdate == BulkUpdate.Delete) return;
        var next = job.Lifecycle.AfterTaskChanged(job.Status, to, job.Tasks, byPerson);
        if (next is null or JobStatus.Active && StatusIfStuck(tx, job) is { } stuck)
            jobs.Apply(tx, job, stuck, $"the remaining tasks depend on tasks that will not complete ({reason})");
        else if (next is { } status)
            jobs.Apply(tx, job, status, reason);
    }

    /// <summary>Queries the stages only if the counters are not enough to decide, which is rare.</summary>
    private static JobStatus? StatusIfStuck(WriteTransaction tx, Job job) => job.Lifecycle.StatusIfStuck(job.Status, job.Tasks, anyReady: false) is null
        ? null
        : job.Lifecycle.StatusIfStuck(job.Status, job.Tasks, StageTable.AnyReady(tx.Db, job.Id));
}
