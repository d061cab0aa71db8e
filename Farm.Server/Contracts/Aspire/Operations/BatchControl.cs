using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What became of a call about one batch.</summary>
internal enum BatchVerdict
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It had been done before, or comes too late to matter; nothing changed.</summary>
    Repeated,

    /// <summary>The batch was completed when it is now failed, or the reverse: the first outcome stays.</summary>
    OtherOutcome,

    /// <summary>There is no such batch, it was released, or none of its tasks is left in it.</summary>
    Unknown,
}

/// <summary>What workers say about the batches that they were handed (Contracts/Aspire/Contract.md sections 5.2 and 6). The verdicts are in the order of the ids.</summary>
internal sealed class BatchControl(FarmStore store, BatchTransitions transitions, Heartbeats heartbeats, BatchSettings settings)
{
    private const int MostAtOnce = 200;

    /// <summary>The worker takes responsibility: from then on releasing it does not touch the batch.</summary>
    public Task<List<BatchVerdict>> AcknowledgeAsync(IReadOnlyList<string> ids) => EachAsync(ids, id => id, (tx, batch, _) =>
    {
        if (batch.State != BatchState.Sent) return (BatchVerdict.Repeated, 0);
        BatchTable.SetState(tx.Db, batch.Id, BatchState.Acknowledged, tx.Now);
        return (BatchVerdict.Done, 0);
    });

    /// <summary>The worker did the entries.</summary>
    public Task<List<BatchVerdict>> CompleteAsync(IReadOnlyList<string> ids) => EachAsync(ids, id => id, (tx, batch, _) => batch.IsOut
        ? (BatchVerdict.Done, transitions.Complete(tx, batch))
        : (batch.State == BatchState.Completed ? BatchVerdict.Repeated : BatchVerdict.OtherOutcome, 0));

    /// <summary>The worker failed the entries, which are tried again until the limit of retries.</summary>
    /// <param name="failures">The batches, and for each what the worker says about it; empty when it says nothing.</param>
    public Task<List<BatchVerdict>> FailAsync(IReadOnlyList<(string Id, string Message)> failures) => EachAsync(failures, failure => failure.Id, (tx, batch, failure) => batch.IsOut
        ? (BatchVerdict.Done, transitions.Fail(tx, batch, settings.RetryLimit, failure.Message))
        : (batch.State == BatchState.Failed ? BatchVerdict.Repeated : BatchVerdict.OtherOutcome, 0));

    /// <summary>As many batches to a transaction as hold about as many tasks as one may change, one transaction after the other: others write in between.</summary>
    private async Task<List<BatchVerdict>> EachAsync<T>(
        IReadOnlyList<T> calls, Func<T, string> idOf, Func<WriteTransaction, Batch, T, (BatchVerdict Verdict, long Tasks)> change)
    {
        var verdicts = new List<BatchVerdict>(calls.Count);
        while (verdicts.Count < calls.Count)
        {
            var from = verdicts.Count;
            verdicts.AddRange(await store.WriteAsync(tx =>
            {
                var some = new List<BatchVerdict>();
                for (var tasks = 0L; from + some.Count < calls.Count && some.Count < MostAtOnce && tasks < tx.Slice;)
                {
                    var call = calls[from + some.Count];
                    var (verdict, changed) = Known(tx, idOf(call)) is { } batch ? change(tx, batch, call) : (BatchVerdict.Unknown, 0);
                    if (changed > 0) TaskMetrics.TasksUpdated(tx, changed);
                    some.Add(verdict);
                    tasks += changed;
                }

                return some;
            }));
        }

        return verdicts;
    }

    /// <summary>A batch whose tasks were all taken out of it, or whose seed is being deleted, is gone.</summary>
    private Batch? Known(WriteTransaction tx, string text)
    {
        if (!TimestampId.TryParse(text, out var id)) return null;
        if (BatchTable.ById(tx.Db, id) is not { } batch) return null;
        if (JobTable.ById(tx.Db, batch.JobId) is not { } job || job.BulkUpdate == BulkUpdate.Delete) return null;
        if (batch.IsOut && !BatchTaskTable.Any(tx.Db, id))
        {
            BatchTable.Remove(tx.Db, id);
            return null;
        }

        tx.AfterCommit(() => heartbeats.WorkerSeen(batch.WorkerId));
        return batch;
    }
}
