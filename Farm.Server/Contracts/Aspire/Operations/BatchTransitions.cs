using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>State changes of batches and their tasks. A task is in a batch while its current attempt belongs to the batch.</summary>
internal sealed class BatchTransitions(TaskTransitions tasks)
{
    /// <summary>Hands out the first ready tasks of a seed to a worker as a new batch.</summary>
    /// <returns>The batch and its number of tasks; null when no task is ready.</returns>
    public (Batch Batch, int Tasks)? Send(WriteTransaction tx, NextSeed seed, FarmWorker worker, int max)
    {
        var ready = BatchTaskTable.Ready(tx.Db, seed.StageId, max);
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

    /// <summary>Completes the remaining tasks of a batch.</summary>
    /// <returns>The number of tasks.</returns>
    public long Complete(WriteTransaction tx, Batch batch)
    {
        var held = BatchTaskTable.Tasks(tx.Db, batch.Id);
        Change(tx, batch, held, TaskStatus.Completed, TaskCause.Done, "Completed by the worker");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Completed, tx.Now);
        return held.Count;
    }

    /// <summary>Fails the remaining tasks of a batch; they are retried up to the retry limit.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="retryLimit">The retry limit.</param>
    /// <param name="reason">The worker's message, empty if none.</param>
    /// <returns>The number of tasks.</returns>
    public long Fail(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        var failed = Retry(tx, batch, retryLimit, TaskCause.Failure, reason.Length == 0 ? "Failed by the worker" : $"Failed by the worker: {reason}");
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Failed, tx.Now);
        return failed;
    }

    /// <summary>Takes a batch from a lost worker; its tasks are retried up to the retry limit.</summary>
    public void Lose(WriteTransaction tx, Batch batch, int retryLimit, string reason)
    {
        Retry(tx, batch, retryLimit, TaskCause.WorkerLost, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    /// <summary>Takes a batch from its worker and requeues the remaining tasks, without counting a retry.</summary>
    public void Release(WriteTransaction tx, Batch batch, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        Change(tx, batch, BatchTaskTable.Tasks(tx.Db, batch.Id), JobRules.RequeuedTaskStatus(job.Status), TaskCause.WorkerLeft, reason);
        BatchTable.Remove(tx.Db, batch.Id);
    }

    private long Retry(WriteTransaction tx, Batch batch, int limit, TaskCause cause, string reason)
    {
        var job = JobTable.ById(tx.Db, batch.JobId)!;
        BatchTaskTable.CountFailure(tx.Db, batch.Id, batch.WorkerId, batch.JobId, StageTable.Requirements(tx.Db, batch.StageId).TaskType);
        var held = BatchTaskTable.TasksWithRetries(tx.Db, batch.Id);
        foreach (var group in held.GroupBy(task => EntryRules.AfterFailure(task.Retries, limit, job.Status, cause == TaskCause.WorkerLost)))
        {
            var why = group.Key == TaskStatus.Failed ? $"{reason}; retry limit reached" : reason;
            Change(tx, batch, [.. group.Select(task => task.Task)], group.Key, cause, why);
        }

        return held.Count;
    }

    private void Change(WriteTransaction tx, Batch batch, IReadOnlyList<TaskRef> held, TaskStatus to, TaskCause cause, string reason)
    {
        if (held.Count == 0) return;
        tasks.Apply(
            tx, JobTable.ById(tx.Db, batch.JobId)!, held, new TaskChange(to, cause) { Activity = reason, Reason = reason }, $"entries are {to.Name()}");
    }
}
