using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>
/// The one way by which the tasks of a batch change together: rows, attempts, counters of their stage and job, log lines and events, as
/// <see cref="TaskTransitions"/> does for a single task.
/// </summary>
internal static class BatchTransitions
{
    private const int NoLimit = 0;

    /// <summary>Hands the first ready tasks of a seed to a worker, as a batch with a new id.</summary>
    /// <returns>The batch and how many tasks it has; null when there was none to hand out.</returns>
    public static (Batch Batch, int Tasks)? Send(WriteTransaction tx, NextSeed seed, FarmWorker worker, int most)
    {
        var batch = new Batch(TimestampIdTable.Next(tx.Db, tx.Now), seed.JobId, seed.StageId, worker.Id, BatchState.Sent);
        var tasks = BatchTaskTable.Take(tx.Db, batch.Id, seed.StageId, worker.Id, most, tx.Now);
        if (tasks == 0) return null;
        BatchTable.Insert(tx.Db, batch, tx.Now);
        SeedTable.SetTurn(tx.Db, seed.StageId, batch.Id);
        var assigned = TaskLogText.Line(tx.Now, $"Task assigned to worker {worker.Name} ({worker.Uuid}) in batch {TimestampId.Text(batch.Id)}");
        Job? job = null;
        foreach (var group in BatchTaskTable.Groups(tx.Db, batch.Id, BatchScope.All, NoLimit))
        {
            var lines = assigned + TaskLogText.Changed(tx.Now, group.Status, TaskStatus.Active);
            BatchTaskTable.Log(tx.Db, batch.Id, BatchScope.All, NoLimit, group.Status, lines);
            job = JobTable.Moved(tx.Db, batch.JobId, group.Status, TaskStatus.Active, group.Tasks, steps: 0, tx.Now);
        }

        BatchTaskTable.Hold(tx.Db, batch.Id, worker.Id, tx.Now);
        StageTable.Count(tx.Db, batch.StageId, ready: -tasks, incomplete: 0);
        Follow(tx, job!, TaskStatus.Active, worker.Uuid);
        TaskMetrics.TasksHandedOut(tx, tasks);
        return (batch, tasks);
    }

    /// <summary>The worker did what is left in a batch.</summary>
    /// <returns>How many tasks that was.</returns>
    public static long Complete(WriteTransaction tx, Batch batch)
    {
        var tasks = Change(tx, batch, BatchScope.All, NoLimit, TaskStatus.Completed, AttemptOutcome.Completed, "The worker completed it");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Completed, tx.Now);
        return tasks;
    }

    /// <summary>The worker failed what is left in a batch, which is tried again until the limit of retries.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="retryLimit">The limit.</param>
    /// <param name="reason">What the worker said, for people; empty when it said nothing.</param>
    /// <returns>How many tasks that was.</returns>
    public static long Fail(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        var tasks = Retry(tx, batch, retryLimit, lost: false, AttemptOutcome.Failed, reason.Length == 0 ? "The worker failed it" : $"The worker failed it: {reason}");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Failed, tx.Now);
        return tasks;
    }

    /// <summary>Takes a batch from a worker that was not heard from; its tasks are tried again until the limit of retries.</summary>
    public static void Lose(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        Retry(tx, batch, retryLimit, lost: true, AttemptOutcome.TimedOut, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    /// <summary>Takes a batch from its worker, who has not begun with it: what is left in it is available again.</summary>
    public static void Release(WriteTransaction tx, Batch batch, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        Change(tx, batch, BatchScope.All, NoLimit, JobRules.GivenBack(job.Status), AttemptOutcome.GivenBack, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    private static long Retry(WriteTransaction tx, Batch batch, int limit, bool lost, AttemptOutcome outcome, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        BatchTaskTable.CountFailure(tx.Db, batch.Id, batch.WorkerId, batch.JobId, StageTable.Demand(tx.Db, batch.StageId).TaskType);
        var spent = EntryRules.AfterFailure(limit, limit, job.Status, lost);
        return Change(tx, batch, BatchScope.Exhausted, limit, spent, outcome, $"{reason}; it failed as often as it is tried")
            + Change(tx, batch, BatchScope.All, NoLimit, EntryRules.AfterFailure(0, limit, job.Status, lost), outcome, reason);
    }

    private static long Change(WriteTransaction tx, Batch batch, BatchScope scope, int limit, TaskStatus to, AttemptOutcome outcome, string reason)
    {
        if (BatchTaskTable.Groups(tx.Db, batch.Id, scope, limit) is not [var group]) return 0;
        var lines = TaskLogText.Line(tx.Now, reason) + TaskLogText.Changed(tx.Now, TaskStatus.Active, to);
        BatchTaskTable.Log(tx.Db, batch.Id, scope, limit, TaskStatus.Active, lines);
        BatchTaskTable.Change(tx.Db, batch.Id, scope, limit, to, reason, tx.Now);
        BatchTaskTable.EndAttempts(tx.Db, batch.Id, scope, limit, outcome, tx.Now);
        StageTable.Count(
            tx.Db, batch.StageId, ready: to.IsReady() ? group.Tasks : 0, incomplete: to == TaskStatus.Completed ? -group.Tasks : 0);
        var steps = to switch
        {
            TaskStatus.Completed => group.StepsTotal - group.Steps,
            TaskStatus.Queued or TaskStatus.Paused => -group.Steps,
            _ => 0,
        };
        var job = JobTable.Moved(tx.Db, batch.JobId, TaskStatus.Active, to, group.Tasks, steps, tx.Now);
        Follow(tx, job, to, WorkerTable.UuidOf(tx.Db, batch.WorkerId));
        return group.Tasks;
    }

    private static void Follow(WriteTransaction tx, Job job, TaskStatus to, Guid worker)
    {
        if (job.BulkUpdate != BulkUpdate.Delete && OpenJobRules.AfterTaskChanged(job.Status, to, job.Tasks, byPerson: false) is { } next)
            JobTransitions.Apply(tx, job, next, $"entries of it are {to.Name()}");
        tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    }
}
