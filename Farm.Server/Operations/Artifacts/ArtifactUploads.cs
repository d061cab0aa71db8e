using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Artifacts;

/// <summary>A file that a worker is about to send.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Task">The task that produced it.</param>
/// <param name="AttemptId">The attempt, if the worker names it.</param>
/// <param name="Path">Where the task wrote it, relative, parts separated by <c>/</c>.</param>
/// <param name="MediaType">The media type, from the file name.</param>
/// <param name="Length">The announced length; null if unknown.</param>
internal sealed record ArtifactUpload(long WorkerId, Guid Task, long? AttemptId, string Path, string MediaType, long? Length);

/// <summary>
/// Receives the files that tasks produce. They belong to the attempt that holds the task and become visible when it completes the task; files
/// of an attempt that ends otherwise are deleted.
/// </summary>
internal sealed class ArtifactUploads(FarmStore store, ContentStore contents, IOptionsMonitor<FarmLimits> limits)
{
    /// <summary>Receives a file; replaces one with the same path from the same attempt.</summary>
    /// <param name="upload">Describes the file.</param>
    /// <param name="body">The content; read only if the worker may send it.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The stored file.</returns>
    /// <exception cref="FarmException">
    /// The path cannot be used (invalid), the worker does not hold the task (conflict), or a limit is exceeded (too large). Nothing is stored.
    /// </exception>
    /// <exception cref="StorageFullException">The disk is full. Nothing is stored.</exception>
    public async Task<StoredFile> ReceiveAsync(ArtifactUpload upload, Stream body, CancellationToken cancellationToken)
    {
        if (SafePath.WhyNotAllowed(upload.Path) is { } problem) throw FarmException.Invalid($"cannot store the file \"{upload.Path}\": {problem}");
        var allowed = limits.CurrentValue.Artifacts;
        store.Read(db => Check(db, upload, upload.Length ?? 0, allowed));
        return await contents.PutAsync(body, allowed.MaxFileBytes, (tx, file) => Stage(tx, upload, file, allowed), cancellationToken);
    }

    private static StoredFile Stage(WriteTransaction tx, ArtifactUpload upload, StoredFile file, ArtifactLimits allowed)
    {
        var task = HeldTask.Of(tx.Db, upload.WorkerId, upload.Task, upload.AttemptId);
        var attempt = task.AttemptId!.Value;
        ArtifactTable.RemoveOfPath(tx.Db, attempt, upload.Path);
        Check(tx.Db, upload, file.Size, allowed);
        var uuid = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(tx.Now));
        ArtifactTable.Insert(
            tx.Db, new NewArtifactRow(uuid, task.JobId, task.Id, attempt, upload.Path, file.Size, file.Sha256, upload.MediaType), tx.Now);
        return file;
    }

    private static bool Check(StoreSession db, ArtifactUpload upload, long size, ArtifactLimits allowed)
    {
        var task = HeldTask.Of(db, upload.WorkerId, upload.Task, upload.AttemptId);
        var (files, bytes) = ArtifactTable.TotalOfJob(db, task.JobId);
        return allowed.WhyNotAllowed(size, files, bytes) is { } problem ? throw new FarmException(ErrorKind.TooLarge, problem) : true;
    }
}
