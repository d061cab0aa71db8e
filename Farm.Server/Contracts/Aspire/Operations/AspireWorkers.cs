using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Workers that fetch batches.</summary>
internal sealed class AspireWorkers(BatchRequeue requeue) : WorkerProtocol
{
    /// <inheritdoc/>
    public override string Name => BatchWorkers.Contract;

    /// <summary>Requeues its batches, including acknowledged ones.</summary>
    public override Task RemovingAsync(FarmWorker worker) =>
        requeue.ReleaseAsync(db => BatchTable.HeldBy(db, worker.Id), $"Worker {worker.Name} was removed", acknowledged: true);
}
