using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Releases batches that were sent and not acknowledged (Contracts/Aspire/Contract.md sections 5.3 and 5.4).</summary>
internal sealed class BatchReleases(FarmStore store, BatchRequeue requeue, ReleaseForwarder forwarder, AuditLog audit, ILogger<BatchReleases> log)
{
    /// <summary>Requeues the unacknowledged batches of a worker.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="idOrName">UUID or name of the worker, of any protocol.</param>
    /// <returns>The number of batches; null when the worker is unknown.</returns>
    /// <exception cref="FarmException">The caller may not control workers.</exception>
    public Task<int?> ReleaseWorkerAsync(Caller caller, string idOrName) => audit.RunAsync<int?>(caller, SeedVerb.ReleaseWorker, async action =>
    {
        action.On(new AuditTarget("worker", "", idOrName));
        caller.Demand(Permission.ControlWorkers);
        var workers = store.Read(db => BatchWorkers.Find(db, idOrName));
        if (workers.Count == 0)
        {
            action.DoesNothing();
            return null;
        }

        var released = 0;
        foreach (var worker in workers)
            released += await requeue.ReleaseAsync(db => BatchTable.SentTo(db, worker.Id), $"Worker {worker.Name} was released", acknowledged: false);
        if (released > 0) log.LogInformation("Released worker {Name}: requeued {Batches} unacknowledged batches", idOrName, released);
        action.Change(null, Requeued(released));
        return released;
    });

    /// <summary>Requeues the unacknowledged batches of seeds, and notifies the workers.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="ids">The seeds.</param>
    /// <returns>The number of batches for each seed; null for an unknown one.</returns>
    /// <exception cref="FarmException">The caller may not control one of the seeds; nothing was released.</exception>
    public Task<List<int?>> ReleaseSeedsAsync(Caller caller, IReadOnlyList<string> ids) => audit.RunAsync(caller, SeedVerb.Release, async action =>
    {
        action.On(new AuditTarget("seed", "", string.Join(", ", ids)));
        foreach (var id in ids)
        {
            if (Find(id) is var (_, job)) JobAccess.Demand(store, caller, job);
        }

        var released = new List<int?>(ids.Count);
        foreach (var id in ids) released.Add(await ReleaseSeedAsync(id));
        var known = ids.Where((_, i) => released[i] is not null).ToList();
        if (known.Count > 0) forwarder.Enqueue(known);
        action.Change(null, Requeued(released.Sum() ?? 0));
        return released;
    });

    private static string Requeued(int batches) => batches == 1 ? "1 batch requeued" : $"{batches} batches requeued";

    private (SeedRow Seed, Job Job)? Find(string id) =>
        TimestampId.TryParse(id, out var seedId) ? store.Read(db => SeedTable.Find(db, seedId)) : null;

    private async Task<int?> ReleaseSeedAsync(string id)
    {
        if (Find(id) is not var (seed, job)) return null;
        var released = await requeue.ReleaseAsync(db => BatchTable.SentOf(db, seed.JobId), "The seed was released", acknowledged: false);
        if (released > 0) log.LogInformation("Released seed \"{Name}\": requeued {Batches} unacknowledged batches", job.Name, released);
        return released;
    }
}
