using Farm.Server.Contracts.Flamenco.Store;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Images;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>The checkouts of jobs.</summary>
internal sealed class JobCheckouts(FarmStore store, ShamanSettings settings, ShamanCheckouts checkouts) : IJobFileOwner
{
    /// <summary>Removes the checkout of a job, and forgets it: its name is free now, and what comes to be there does not belong to this job.</summary>
    public async Task RemoveAsync(Guid job)
    {
        if (!settings.Enabled || store.Read(db => CheckoutTable.OnlyOf(db, job)) is not { } checkout) return;
        checkouts.Remove(checkout);
        await store.Write(tx => CheckoutTable.Forget(tx.Db, job));
    }
}
