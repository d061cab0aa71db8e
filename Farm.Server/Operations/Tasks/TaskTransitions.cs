using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>
/// The one way by which the status of a single task changes: the row, the attempt, the counters of its stage and job, the log line and the
/// event go together.
/// </summary>
internal static class TaskTransitions
{
    /// <summary>Hands a queued task to a worker.</summary>
    /// <returns>The new attempt.</returns>
    public static long Assign(WriteTransaction tx, FarmTask task, long workerId, string workerName, Guid workerUuid)
    {
        var attempt = AttemptTable.Insert(tx.Db, task.Id, workerId, tx.Now);
        TaskTable.Change(tx.Db, task.Id, new TaskRowChange(TaskStatus.Active, task.StepsCompleted, attempt, workerId), tx.Now);
        var lines = TaskLogText.Line(tx.Now, $"Task assigned to worker {workerName} ({workerUuid})")
            + TaskLogText.Changed(tx.Now, task.Status, TaskStatus.Active);
        TaskLogTable.Append(tx.Db, task.Id, attempt, lines);
        var job = Count(tx, task, TaskStatus.Active, steps: 0);
        Ripple(tx, job, TaskStatus.Active, byPerson: false, $"Task {task.Name} was handed out");
        Publish(tx, task, workerUuid);
        TaskMetrics.TaskHandedOut(tx);
        return attempt;
    }

    /// <summary>Changes the status of a task and lets its job follow by the rules of Contracts/Flamenco/Contract.md section 4.2.</summary>
    public static void Apply(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        var job = ApplyAlone(tx, task, change);
        Ripple(tx, job, change.To, change.ByPerson, $"Task {task.Name} is {change.To.Name()}");
    }

    /// <summary>Changes the status of a task and leaves that of its job to the caller.</summary>
    /// <returns>The job with its counters after the change.</returns>
    public static Job ApplyAlone(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        if (change.ByPerson) RunEnding.Guard(tx, task);
        var steps = StepsAfter(task, change);
        if (task.AttemptId is { } attempt) AttemptTable.End(tx.Db, attempt, change.Outcome, change.Report, tx.Now);
        // Only a worker that says it is done leaves files: those of other attempts go, and those of a task that is to be done again.
        if (change is not { To: TaskStatus.Completed, Outcome: AttemptOutcome.Completed }) ArtifactTable.RemoveOfTask(tx.Db, task.Id);
        TaskTable.Change(
            tx.Db, task.Id,
            new TaskRowChange(
                change.To, steps, Activity: change.Activity, Errors: change.IsError ? 1 : 0, Timeouts: change.IsTimeout ? 1 : 0),
            tx.Now);
        var reason = change.Reason is null ? "" : TaskLogText.Line(tx.Now, change.Reason);
        TaskLogTable.Append(tx.Db, task.Id, task.AttemptId, reason + TaskLogText.Changed(tx.Now, task.Status, change.To));
        var job = Count(tx, task, change.To, steps - task.StepsCompleted);
        if (job.StaysOpen) RecipeReturns.Follow(tx, task, change.To);
        Publish(tx, task, task.AttemptId is null ? null : task.WorkerUuid);
        return job;
    }

    private static void Publish(WriteTransaction tx, FarmTask task, Guid? worker)
    {
        tx.Publish(new FarmEvent(FarmEventKind.Task, task.JobUuid, task.Uuid, worker));
        tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
    }

    private static int StepsAfter(FarmTask task, TaskChange change) => change.To switch
    {
        TaskStatus.Completed => task.StepsTotal,
        TaskStatus.Queued => 0,
        TaskStatus.Paused or TaskStatus.Pended when task.Status == TaskStatus.Active => 0,
        _ => change.Steps ?? task.StepsCompleted,
    };

    private static Job Count(WriteTransaction tx, FarmTask task, TaskStatus to, int steps)
    {
        StageTable.Count(
            tx.Db, task.StageId,
            ready: (to.IsReady() ? 1 : 0) - (task.Status.IsReady() ? 1 : 0),
            incomplete: (to == TaskStatus.Completed ? 0 : 1) - (task.Status == TaskStatus.Completed ? 0 : 1));
        return JobTable.Moved(tx.Db, task.JobId, task.Status, to, 1, steps, tx.Now);
    }

    private static void Ripple(WriteTransaction tx, Job job, TaskStatus to, bool byPerson, string reason)
    {
        // A job that is being deleted hands out nothing again, and must not swap the deletion for another change.
        if (job.BulkUpdate == BulkUpdate.Delete) return;
        var next = job.StaysOpen
            ? OpenJobRules.AfterTaskChanged(job.Status, to, job.Tasks, byPerson)
            : JobRules.AfterTaskChanged(job.Status, to, job.Tasks, byPerson);
        if (next is null or JobStatus.Active && Stuck(tx, job) is { } stuck)
            JobTransitions.Apply(tx, job, stuck, $"what is left of it waits for tasks that are not done ({reason})");
        else if (next is { } status)
            JobTransitions.Apply(tx, job, status, reason);
    }

    /// <summary>Only asked of the stages when the counters leave it open, which is rare.</summary>
    private static JobStatus? Stuck(WriteTransaction tx, Job job) =>
        job.StaysOpen || JobRules.Stuck(job.Status, job.Tasks, anyReady: false) is null
            ? null
            : JobRules.Stuck(job.Status, job.Tasks, StageTable.AnyReady(tx.Db, job.Id));
}
