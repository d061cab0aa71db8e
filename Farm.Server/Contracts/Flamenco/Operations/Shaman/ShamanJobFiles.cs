using Farm.Server.Contracts.Flamenco.Store;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>The checkout of a job.</summary>
internal sealed class ShamanJobFiles(FarmStore store, ShamanSettings settings, ShamanCheckouts checkouts) : IJobFiles
{
    /// <summary>Forgets the checkout too: its name is free now, and what comes to be there does not belong to this job.</summary>
    public async Task RemoveAsync(Guid job)
    {
        if (!settings.Enabled || store.Read(db => CheckoutTable.OnlyOf(db, job)) is not { } checkout) return;
        checkouts.Remove(checkout);
        await store.WriteAsync(tx => CheckoutTable.Forget(tx.Db, job));
    }
}
