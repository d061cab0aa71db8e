using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What becomes of batches and the tasks in them. A task is in a batch while its current attempt is one of the batch.</summary>
internal sealed class BatchTransitions(TaskTransitions tasks)
{
    /// <summary>Hands the first ready tasks of a seed to a worker, as a batch with a new id.</summary>
    /// <returns>The batch and how many tasks it has; null when there was none to hand out.</returns>
    public (Batch Batch, int Tasks)? Send(WriteTransaction tx, NextSeed seed, FarmWorker worker, int most)
    {
        var ready = BatchTaskTable.Ready(tx.Db, seed.StageId, most);
        if (ready.Count == 0) return null;
        var batch = new Batch(TimestampIdTable.Next(tx.Db, tx.Now), seed.JobId, seed.StageId, worker.Id, BatchState.Sent);
        BatchTable.Insert(tx.Db, batch, tx.Now);
        SeedTable.SetTurn(tx.Db, seed.StageId, batch.Id);
        var holder = new TaskHolder(worker.Id, worker.Uuid, batch.Id);
        var job = JobTable.ById(tx.Db, seed.JobId)!;
        foreach (var group in ready.GroupBy(task => task.Status))
            job = tasks.HandOut(tx, job, [.. group], worker.Name, holder, TimestampId.Text(batch.Id));
        return (batch, ready.Count);
    }

    /// <summary>The worker did what is left in a batch.</summary>
    /// <returns>How many tasks that was.</returns>
    public long Complete(WriteTransaction tx, Batch batch)
    {
        var held = BatchTaskTable.Tasks(tx.Db, batch.Id);
        Change(tx, batch, held, TaskStatus.Completed, TaskCause.Done, "The worker completed it");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Completed, tx.Now);
        return held.Count;
    }

    /// <summary>The worker failed what is left in a batch, which is tried again until the limit of retries.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="retryLimit">The limit.</param>
    /// <param name="reason">What the worker said, for people; empty when it said nothing.</param>
    /// <returns>How many tasks that was.</returns>
    public long Fail(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        var failed = Retry(tx, batch, retryLimit, TaskCause.Failure, reason.Length == 0 ? "The worker failed it" : $"The worker failed it: {reason}");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Failed, tx.Now);
        return failed;
    }

    /// <summary>Takes a batch from a worker that was not heard from; its tasks are tried again until the limit of retries.</summary>
    public void Lose(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        Retry(tx, batch, retryLimit, TaskCause.WorkerLost, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    /// <summary>Takes a batch from its worker, who has not begun with it: what is left in it is available again.</summary>
    public void Release(WriteTransaction tx, Batch batch, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        Change(tx, batch, BatchTaskTable.Tasks(tx.Db, batch.Id), JobRules.RequeuedTaskStatus(job.Status), TaskCause.WorkerLeft, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    private long Retry(WriteTransaction tx, Batch batch, int limit, TaskCause cause, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        BatchTaskTable.CountFailure(tx.Db, batch.Id, batch.WorkerId, batch.JobId, StageTable.Demand(tx.Db, batch.StageId).TaskType);
        var held = BatchTaskTable.TasksWithRetries(tx.Db, batch.Id);
        foreach (var group in held.GroupBy(task => EntryRules.AfterFailure(task.Retries, limit, job.Status, cause == TaskCause.WorkerLost)))
        {
            var why = group.Key == TaskStatus.Failed ? $"{reason}; it failed as often as it is tried" : reason;
            Change(tx, batch, [.. group.Select(task => task.Task)], group.Key, cause, why);
        }

        return held.Count;
    }

    private void Change(WriteTransaction tx, Batch batch, IReadOnlyList<TaskRef> held, TaskStatus to, TaskCause cause, string reason)
    {
        if (held.Count == 0) return;
        tasks.Apply(
            tx, JobTable.ById(tx.Db, batch.JobId)!, held, new TaskChange(to, cause) { Activity = reason, Reason = reason }, $"entries of it are {to.Name()}");
    }
}
