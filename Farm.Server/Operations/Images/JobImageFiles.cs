using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Images;

/// <summary>The images of a job.</summary>
internal sealed class JobImageFiles(FarmStore store, LastRenderedImages images, ILogger<JobImageFiles> log) : IJobFiles
{
    /// <inheritdoc/>
    public async Task RemoveAsync(Guid job)
    {
        await images.DropAsync(job);
        var directory = JobDirectory.Of(store.Directory.Artifacts, job);
        try
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot delete the files of a removed job in {Directory}: {Reason}", directory, problem.Message);
        }
    }
}
