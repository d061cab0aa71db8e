using Farm.Server.Contracts.Flamenco.Store;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Removes the checkout of a deleted job.</summary>
internal sealed class ShamanJobFiles(FarmStore store, ShamanSettings settings, ShamanCheckouts checkouts) : IJobFiles
{
    /// <summary>Also clears the job's checkout id, as another checkout may take that name.</summary>
    public async Task RemoveAsync(Guid job)
    {
        if (!settings.Enabled || store.Read(db => CheckoutTable.FindUnshared(db, job)) is not { } checkout) return;
        checkouts.Remove(checkout);
        await store.WriteAsync(tx => CheckoutTable.Forget(tx.Db, job));
    }
}
