using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Workers that fetch batches.</summary>
internal sealed class AspireWorkers(BatchReturns returns) : WorkerProtocol
{
    /// <inheritdoc/>
    public override string Name => BatchWorkers.Contract;

    /// <summary>Its batches are available again, those that it acknowledged too.</summary>
    public override Task RemovingAsync(FarmWorker worker) =>
        returns.ReleaseAsync(db => BatchTable.HeldBy(db, worker.Id), $"Worker {worker.Name} was removed", acknowledged: true);
}
