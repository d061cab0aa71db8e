using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Requeues batches, each in its own transaction, so that many batches do not block the writer.</summary>
internal sealed class BatchRequeue(FarmStore store, BatchTransitions transitions)
{
    /// <summary>Requeues the tasks of batches that are still held by their worker.</summary>
    /// <param name="ids">Finds the batches.</param>
    /// <param name="reason">The reason, for the task logs.</param>
    /// <param name="acknowledged">Whether to include acknowledged batches.</param>
    /// <returns>The number of requeued batches.</returns>
    public Task<int> ReleaseAsync(Func<StoreSession, List<long>> ids, string reason, bool acknowledged) =>
        EachAsync(ids, acknowledged, (tx, batch) => transitions.Release(tx, batch, reason));

    /// <summary>Requeues all batches of a lost worker, which counts as a retry of their tasks.</summary>
    public Task<int> LoseAsync(long workerId, int retryLimit, string reason) =>
        EachAsync(db => BatchTable.HeldBy(db, workerId), acknowledged: true, (tx, batch) => transitions.Lose(tx, batch, retryLimit, reason));

    private async Task<int> EachAsync(Func<StoreSession, List<long>> ids, bool acknowledged, Action<WriteTransaction, Batch> change)
    {
        var count = 0;
        foreach (var id in store.Read(ids))
        {
            count += await store.WriteAsync(tx =>
            {
                if (BatchTable.ById(tx.Db, id) is not { IsHeld: true } batch || (batch.State == BatchState.Acknowledged && !acknowledged)) return 0;
                var any = BatchTaskTable.Any(tx.Db, id);
                change(tx, batch);
                return any ? 1 : 0;
            });
        }

        return count;
    }
}
