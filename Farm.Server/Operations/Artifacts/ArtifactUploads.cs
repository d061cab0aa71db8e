using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Artifacts;

/// <summary>A file that a worker is about to send.</summary>
/// <param name="WorkerId">The worker.</param>
/// <param name="Task">The task that produced it.</param>
/// <param name="AttemptId">The attempt, where the worker names it.</param>
/// <param name="Path">Where the task wrote it, relative, parts separated by <c>/</c>.</param>
/// <param name="MediaType">What its name says it is.</param>
/// <param name="Length">Its announced length; null when it is not announced.</param>
internal sealed record ArtifactUpload(long WorkerId, Guid Task, long? AttemptId, string Path, string MediaType, long? Length);

/// <summary>
/// Takes in the files that tasks produce. They belong to the attempt that holds the task, and are seen when it completes the task; files of an
/// attempt that ends otherwise are dropped.
/// </summary>
internal sealed class ArtifactUploads(FarmStore store, ContentStore contents, IOptionsMonitor<FarmLimits> limits)
{
    /// <summary>Receives a file, in the place of one of the same path that the attempt sent before.</summary>
    /// <param name="upload">What it is.</param>
    /// <param name="body">Its bytes; read only when the worker may send it.</param>
    /// <param name="cancellationToken">The worker is gone.</param>
    /// <returns>What was kept.</returns>
    /// <exception cref="FarmException">
    /// The path cannot be used (invalid), the worker does not hold the task (conflict), or a limit is passed (too large). Nothing is left of the file.
    /// </exception>
    /// <exception cref="StorageFullException">The disk is full. Nothing is left of the file.</exception>
    public async Task<StoredFile> TakeAsync(ArtifactUpload upload, Stream body, CancellationToken cancellationToken)
    {
        if (SafePath.WhyNotAllowed(upload.Path) is { } objection) throw FarmException.Invalid($"the file \"{upload.Path}\" cannot be kept: {objection}");
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

    private static bool Check(SqliteSession db, ArtifactUpload upload, long size, ArtifactLimits allowed)
    {
        var task = HeldTask.Of(db, upload.WorkerId, upload.Task, upload.AttemptId);
        var (files, bytes) = ArtifactTable.TotalOfJob(db, task.JobId);
        return allowed.WhyNotAllowed(size, files, bytes) is { } objection ? throw new FarmException(ErrorKind.TooLarge, objection) : true;
    }
}
