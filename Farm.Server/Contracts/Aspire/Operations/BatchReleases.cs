using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Takes back what was sent and not acknowledged (Contracts/Aspire/Contract.md sections 5.3 and 5.4).</summary>
internal sealed class BatchReleases(FarmStore store, BatchReturns returns, ReleaseForwarder forwarder, ILogger<BatchReleases> log)
{
    /// <summary>Makes the batches available again that were sent to a worker and not acknowledged.</summary>
    /// <param name="idOrName">The worker, of any contract.</param>
    /// <returns>How many batches; null when no such worker is known.</returns>
    public async Task<int?> ReleaseWorkerAsync(string idOrName)
    {
        var workers = store.Read(db => BatchWorkers.Known(db, idOrName));
        if (workers.Count == 0) return null;
        var released = 0;
        foreach (var worker in workers)
            released += await returns.ReleaseAsync(db => BatchTable.SentTo(db, worker.Id), $"Worker {worker.Name} was released", acknowledged: false);
        if (released > 0) log.LogInformation("Worker {Name} was released: {Batches} batches that it had not acknowledged go to others", idOrName, released);
        return released;
    }

    /// <summary>Makes the batches of seeds available again that were sent and not acknowledged, and tells the workers.</summary>
    /// <param name="ids">The seeds.</param>
    /// <returns>For each seed how many batches; null when there is no such seed.</returns>
    public async Task<List<int?>> ReleaseSeedsAsync(IReadOnlyList<string> ids)
    {
        var released = new List<int?>(ids.Count);
        foreach (var id in ids) released.Add(await ReleaseSeedAsync(id));
        var known = ids.Where((_, i) => released[i] is not null).ToList();
        if (known.Count > 0) forwarder.Enqueue(known);
        return released;
    }

    private async Task<int?> ReleaseSeedAsync(string id)
    {
        if (!TimestampId.TryParse(id, out var minted) || store.Read(db => SeedTable.Find(db, minted)) is not var (seed, job)) return null;
        var released = await returns.ReleaseAsync(db => BatchTable.SentOf(db, seed.JobId), "The seed was released", acknowledged: false);
        if (released > 0) log.LogInformation("Seed \"{Name}\" was released: {Batches} batches of it had not been acknowledged", job.Name, released);
        return released;
    }
}
