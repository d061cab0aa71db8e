using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>How the taking in of a file ended.</summary>
internal enum UploadOutcome
{
    /// <summary>It is stored, name and all, on disk.</summary>
    Stored,

    /// <summary>The farm had it; nothing was read.</summary>
    Known,

    /// <summary>Somebody else is sending it and the client can wait; nothing was read.</summary>
    Elsewhere,

    /// <summary>Its size or its hash is another one; nothing is left of it.</summary>
    Mismatch,
}

/// <summary>
/// Takes in files of any size at constant memory: hashed while they are written, stored only when size and hash are what was announced
/// and the disk has them.
/// </summary>
internal sealed class ShamanUploads(ShamanStorage storage, ShamanFileStore files, ShamanTrouble trouble, ILogger<ShamanUploads> log)
{
    /// <summary>How a file to receive into is created; tests put a full disk here.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } =
        path => File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>Takes in a file.</summary>
    /// <param name="key">What it must turn out to be.</param>
    /// <param name="name">What its sender calls it, for the log.</param>
    /// <param name="body">Its bytes; read only when they are wanted.</param>
    /// <param name="canDefer">Whether the sender can come back later.</param>
    /// <param name="cancellationToken">The sender is gone.</param>
    /// <exception cref="StorageFullException">There is no room; nothing is left of the file.</exception>
    /// <exception cref="FarmException">The shared storage cannot be used.</exception>
    public async Task<UploadOutcome> ReceiveAsync(FileKey key, string name, Stream body, bool canDefer, CancellationToken cancellationToken)
    {
        switch (trouble.Guard(() => files.BeginUpload(key, canDefer)))
        {
            case UploadStart.Stored:
                return UploadOutcome.Known;
            case UploadStart.Elsewhere:
                return UploadOutcome.Elsewhere;
        }

        var received = storage.NewTemporary($"{key.Sha}-{key.Size}");
        try
        {
            if (!await ReceiveFileAsync(key, received, body, cancellationToken))
            {
                log.LogWarning("An upload of {Name} is refused: its size or content is not what was announced; the sender should send it again", name);
                return UploadOutcome.Mismatch;
            }

            trouble.Guard(() =>
            {
                files.Add(key, received);
                return true;
            });
            return UploadOutcome.Stored;
        }
        finally
        {
            files.EndUpload(key);
            Discard(received);
        }
    }

    /// <summary>Whether what came is what was announced; then it is flushed to disk.</summary>
    private async Task<bool> ReceiveFileAsync(FileKey key, string path, Stream body, CancellationToken cancellationToken)
    {
        using var file = trouble.Guard(() =>
        {
            DurableDirectory.Create(storage.Checkouts);
            DurableDirectory.Create(storage.Uploading);
            return CreateFile(path);
        });
        var written = await HashedCopy.ToDiskAsync(body, file, key.Size, GuardAsync, cancellationToken);
        return written is { } all && all.Size == key.Size && all.Sha256 == key.Sha;
    }

    private Task GuardAsync(Func<Task> work) => trouble.GuardAsync(async () =>
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
            log.LogWarning("{File} could not be removed and stays until the next start: {Reason}", received, problem.Message);
        }
    }
}
