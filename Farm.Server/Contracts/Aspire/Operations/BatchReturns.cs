using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Takes batches from workers, each in a transaction of its own, so that a worker with many does not hold the writer up.</summary>
internal sealed class BatchReturns(FarmStore store, BatchTransitions transitions)
{
    /// <summary>Makes what is left in batches available again, of those that are still what they were when they were looked up.</summary>
    /// <param name="ids">Looks the batches up.</param>
    /// <param name="reason">Why, for the logs of the tasks.</param>
    /// <param name="acknowledged">Whether also those that the worker took responsibility for are taken.</param>
    /// <returns>How many batches were taken.</returns>
    public Task<int> ReleaseAsync(Func<SqliteSession, List<long>> ids, string reason, bool acknowledged) =>
        EachAsync(ids, acknowledged, (tx, batch) => transitions.Release(tx, batch, reason));

    /// <summary>Takes all batches from a worker that was not heard from, which counts as a try of their tasks.</summary>
    public Task<int> LoseAsync(long workerId, int retryLimit, string reason) =>
        EachAsync(db => BatchTable.HeldBy(db, workerId), acknowledged: true, (tx, batch) => transitions.Lose(tx, batch, retryLimit, reason));

    private async Task<int> EachAsync(Func<SqliteSession, List<long>> ids, bool acknowledged, Action<WriteTransaction, Batch> take)
    {
        var taken = 0;
        foreach (var id in store.Read(ids))
        {
            taken += await store.WriteAsync(tx =>
            {
                if (BatchTable.ById(tx.Db, id) is not { IsOut: true } batch || (batch.State == BatchState.Acknowledged && !acknowledged)) return 0;
                var any = BatchTaskTable.Any(tx.Db, id);
                take(tx, batch);
                return any ? 1 : 0;
            });
        }

        return taken;
    }
}
