using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Operations.Images;

/// <summary>Images of tasks become the newest image of their job (Contracts/Flamenco/Contract.md section 3.9).</summary>
internal sealed class TaskImages(FarmStore store, LastRenderedImages images)
{
    /// <summary>Receives an image.</summary>
    /// <param name="workerId">The worker that sends it.</param>
    /// <param name="task">The task that produced it. A worker may send images for any task, unless it names an attempt.</param>
    /// <param name="attemptId">The attempt, if the worker names it. An attempt that was taken from the worker cannot replace the image any more.</param>
    /// <param name="body">The image.</param>
    /// <param name="length">Its announced length.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FarmException">The task does not exist, or the worker may not send images for the attempt.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public Task<ImageReceipt> ReceiveAsync(long workerId, Guid task, long? attemptId, Stream body, long length, CancellationToken cancellationToken)
    {
        var job = store.Read(db => JobOf(db, workerId, task, attemptId));
        return images.ReceiveAsync(job, task, body, length, cancellationToken);
    }

    /// <summary>
    /// Records that a job has a new image, and notifies subscribers. If another manager deleted the job meanwhile, removes the image. For
    /// <see cref="LastRenderedImages"/>.
    /// </summary>
    public static async Task RememberAsync(FarmStore store, ImageStored image)
    {
        var isRemembered = await store.WriteAsync(tx =>
        {
            if (!JobTable.SetLastRendered(tx.Db, image.JobId, tx.Now)) return false;
            tx.Publish(new FarmEvent(FarmEventKind.LastRendered, image.JobId, image.TaskId));
            return true;
        });
        if (isRemembered || !store.IsShared) return;
        var directory = JobDirectory.Of(store.Directory.Artifacts, image.JobId);
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }

    private static Guid JobOf(StoreSession db, long workerId, Guid uuid, long? attemptId)
    {
        var task = TaskTable.ByUuid(db, uuid) ?? throw FarmException.NotFound("no such task");
        if (attemptId is { } id && !MayShow(AttemptTable.ById(db, id), task, workerId))
            throw FarmException.Conflict("the farm ended this attempt, so its image is not shown");
        return JobListView.Find(db, task.JobUuid)?.Uuid ?? throw FarmException.NotFound("the job of this task is being deleted");
    }

    /// <summary>The last image of an attempt often arrives after the report that completed it.</summary>
    private static bool MayShow(Attempt? attempt, FarmTask task, long workerId) =>
        attempt?.TaskId == task.Id && attempt.WorkerId == workerId
        && attempt.Outcome is AttemptOutcome.Running or AttemptOutcome.Completed;
}
