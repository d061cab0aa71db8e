using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>The result of an upload.</summary>
internal enum UploadOutcome
{
    /// <summary>The file is stored and durable.</summary>
    Stored,

    /// <summary>The farm already had it; nothing was read.</summary>
    AlreadyStored,

    /// <summary>Another client is uploading it and this one can wait; nothing was read.</summary>
    InProgress,

    /// <summary>The size or hash does not match; nothing was stored.</summary>
    Mismatch,
}

/// <summary>
/// Receives files of any size in constant memory: hashed while written, and stored only when size and hash match and the file is flushed.
/// </summary>
internal sealed class ShamanUploads(ShamanStorage storage, ShamanFileStore files, ShamanStorageGuard guard, ILogger<ShamanUploads> log)
{
    /// <summary>Creates the file to receive into; tests replace it to simulate a full disk.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } = FolderAccess.OpenNew;

    /// <summary>Receives a file.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="key">The expected hash and size.</param>
    /// <param name="name">The client's name of the file, for the log.</param>
    /// <param name="body">The content; read only if the upload starts.</param>
    /// <param name="canDefer">Whether the client can upload it later.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="StorageFullException">The disk is full; nothing was stored.</exception>
    /// <exception cref="FarmException">The caller may not submit, or the shared storage is unavailable.</exception>
    public async Task<UploadOutcome> ReceiveAsync(
        Caller caller, FileKey key, string name, Stream body, bool canDefer, CancellationToken cancellationToken)
    {
        caller.Demand(Permission.SubmitJobs);
        switch (guard.Guard(() => files.BeginUpload(key, canDefer)))
        {
            case UploadStart.AlreadyStored:
                return UploadOutcome.AlreadyStored;
            case UploadStart.InProgress:
                return UploadOutcome.InProgress;
        }

        var received = storage.NewUploadPath(key);
        try
        {
            if (!await ReceiveFileAsync(key, received, body, cancellationToken))
            {
                log.LogWarning("Rejected an upload of {Name}: its size or content does not match its hash; upload it again", name);
                return UploadOutcome.Mismatch;
            }

            guard.Guard(() =>
            {
                files.Add(key, received);
                return true;
            });
            return UploadOutcome.Stored;
        }
        finally
        {
            Discard(received);
            files.EndUpload(key);
        }
    }

    /// <summary>Receives and flushes a file; false when its size or hash does not match.</summary>
    private async Task<bool> ReceiveFileAsync(FileKey key, string path, Stream body, CancellationToken cancellationToken)
    {
        using var file = guard.Guard(() =>
        {
            DurableDirectory.Create(storage.Checkouts);
            DurableDirectory.Create(storage.Uploading);
            return CreateFile(path);
        });
        var written = await HashedCopy.ToDiskAsync(body, file, key.Size, GuardAsync, cancellationToken);
        return written is { } all && all.Size == key.Size && all.Sha256 == key.Sha;
    }

    private Task GuardAsync(Func<Task> work) => guard.GuardAsync(async () =>
    {
        await work();
        return true;
    });

    private void Discard(string received)
    {
        try
        {
            File.Delete(received);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove {File} before the next start: {Reason}", received, problem.Message);
        }
    }
}
