using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Images;

/// <summary>The files of a job that are not in the database.</summary>
internal sealed class JobFiles(FarmStore store, LastRenderedImages images, IEnumerable<IJobFileOwner> owners, ILogger<JobFiles> log)
{
    /// <summary>Removes the files of a job that is being removed; there may be none. What cannot be removed is left behind, and logged.</summary>
    public async Task Remove(Guid job)
    {
        await images.DropAsync(job);
        foreach (var owner in owners) await owner.RemoveAsync(job);
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
}
