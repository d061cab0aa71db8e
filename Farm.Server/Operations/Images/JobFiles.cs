using Farm.Server.Contracts.Flamenco.Operations.Shaman;
using Farm.Server.Contracts.Flamenco.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Images;

/// <summary>The files of a job that are not in the database.</summary>
internal sealed class JobFiles(
    FarmStore store, LastRenderedImages images, ShamanSettings shaman, ShamanCheckouts checkouts, ILogger<JobFiles> log)
{
    /// <summary>Removes the files of a job that is being removed; there may be none. What cannot be removed is left behind, and logged.</summary>
    public async Task Remove(Guid job)
    {
        await images.DropAsync(job);
        await RemoveCheckout(job);
        var directory = JobDirectory.Of(store.Directory.Artifacts, job);
        try
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The files of a removed job stay in {Directory}: {Reason}", directory, problem.Message);
        }
    }

    /// <summary>Forgets the checkout too: its name is free now, and what comes to be there does not belong to this job.</summary>
    private async Task RemoveCheckout(Guid job)
    {
        if (!shaman.Enabled || store.Read(db => CheckoutTable.OnlyOf(db, job)) is not { } checkout) return;
        checkouts.Remove(checkout);
        await store.Write(tx => CheckoutTable.Forget(tx.Db, job));
    }
}
