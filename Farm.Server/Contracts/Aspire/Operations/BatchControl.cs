using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>The result of an action on a batch.</summary>
internal enum BatchVerdict
{
    /// <summary>The action was done.</summary>
    Done,

    /// <summary>It was already done, or came too late to matter; nothing changed.</summary>
    Repeated,

    /// <summary>The batch already has the other outcome (completed or failed), which stays.</summary>
    OtherOutcome,

    /// <summary>No such batch: unknown, released, or without tasks left.</summary>
    Unknown,
}

/// <summary>Workers acknowledge, complete and fail batches (Contracts/Aspire/Contract.md sections 5.2 and 6). Results are in the order of the ids.</summary>
internal sealed class BatchControl(FarmStore store, BatchTransitions transitions, Heartbeats heartbeats, BatchSettings settings)
{
    private const int MaxBatchesPerTransaction = 200;

    /// <summary>Acknowledges batches: releasing the worker no longer affects them.</summary>
    public Task<List<BatchVerdict>> AcknowledgeAsync(IReadOnlyList<string> ids) => EachAsync(ids, id => id, (tx, batch, _) =>
    {
        if (batch.State != BatchState.Sent) return (BatchVerdict.Repeated, 0);
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Acknowledged, tx.Now);
        return (BatchVerdict.Done, 0);
    });

    /// <summary>Completes batches.</summary>
    public Task<List<BatchVerdict>> CompleteAsync(IReadOnlyList<string> ids) => EachAsync(ids, id => id, (tx, batch, _) => batch.IsHeld
        ? (BatchVerdict.Done, transitions.Complete(tx, batch))
        : (batch.State == BatchState.Completed ? BatchVerdict.Repeated : BatchVerdict.OtherOutcome, 0));

    /// <summary>Fails batches; their entries are retried up to the retry limit.</summary>
    /// <param name="failures">The batches with the worker's message for each, empty if none.</param>
    public Task<List<BatchVerdict>> FailAsync(IReadOnlyList<(string Id, string Message)> failures) => EachAsync(failures, failure => failure.Id, (tx, batch, failure) => batch.IsHeld
        ? (BatchVerdict.Done, transitions.Fail(tx, batch, settings.RetryLimit, failure.Message))
        : (batch.State == BatchState.Failed ? BatchVerdict.Repeated : BatchVerdict.OtherOutcome, 0));

    /// <summary>Applies a change in several transactions, each limited to about one slice of tasks, so that others can write in between.</summary>
    private async Task<List<BatchVerdict>> EachAsync<T>(
        IReadOnlyList<T> calls, Func<T, string> idOf, Func<WriteTransaction, Batch, T, (BatchVerdict Verdict, long Tasks)> change)
    {
        var verdicts = new List<BatchVerdict>(calls.Count);
        while (verdicts.Count < calls.Count)
        {
            var from = verdicts.Count;
            verdicts.AddRange(await store.WriteAsync(tx =>
            {
                var part = new List<BatchVerdict>();
                for (var tasks = 0L; from + part.Count < calls.Count && part.Count < MaxBatchesPerTransaction && tasks < tx.Slice;)
                {
                    var call = calls[from + part.Count];
                    var (verdict, changed) = Find(tx, idOf(call)) is { } batch ? change(tx, batch, call) : (BatchVerdict.Unknown, 0);
                    if (changed > 0) TaskMetrics.TasksUpdated(tx, changed);
                    part.Add(verdict);
                    tasks += changed;
                }

                return part;
            }));
        }

        return verdicts;
    }

    /// <summary>Null for a batch without tasks left or whose seed is being deleted.</summary>
    private Batch? Find(WriteTransaction tx, string text)
    {
        if (!TimestampId.TryParse(text, out var id)) return null;
        if (BatchTable.ById(tx.Db, id) is not { } batch) return null;
        if (JobTable.ById(tx.Db, batch.JobId) is not { } job || job.BulkUpdate == BulkUpdate.Delete) return null;
        if (batch.IsHeld && !BatchTaskTable.Any(tx.Db, id))
        {
            BatchTable.Remove(tx.Db, id);
            return null;
        }

        tx.AfterCommit(() => heartbeats.WorkerSeen(batch.WorkerId));
        return batch;
    }
}
