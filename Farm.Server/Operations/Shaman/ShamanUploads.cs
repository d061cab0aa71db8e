using System.Security.Cryptography;
using Farm.Server.Domain.Shaman;
using Farm.Server.Operations.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Shaman;

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
internal sealed class ShamanUploads(ShamanStorage storage, StoredFiles files, ShamanTrouble trouble, ILogger<ShamanUploads> log)
{
    private const int PieceBytes = 512 * 1024;

    /// <summary>The disk works while the rest is received, and what others write does not wait behind gigabytes of one file.</summary>
    private const long BytesBetweenFlushes = 64 * 1024 * 1024;

    /// <summary>How a file to receive into is created; tests put a full disk here.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } =
        path => File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>Takes in a file.</summary>
    /// <param name="key">What it must turn out to be.</param>
    /// <param name="name">What its sender calls it, for the log.</param>
    /// <param name="body">Its bytes; read only when they are wanted.</param>
    /// <param name="canDefer">Whether the sender can come back later.</param>
    /// <param name="cancel">The sender is gone.</param>
    /// <exception cref="StorageFullException">There is no room; nothing is left of the file.</exception>
    /// <exception cref="Domain.FarmError">The shared storage cannot be used.</exception>
    public async Task<UploadOutcome> Receive(FileKey key, string name, Stream body, bool canDefer, CancellationToken cancel)
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
            if (!await ReceiveFile(key, received, body, cancel))
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
    private async Task<bool> ReceiveFile(FileKey key, string path, Stream body, CancellationToken cancel)
    {
        using var file = trouble.Guard(() =>
        {
            DurableDirectory.Create(storage.Checkouts);
            DurableDirectory.Create(storage.Uploading);
            return CreateFile(path);
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceBytes];
        long total = 0;
        long flushed = 0;
        var flushing = Task.FromResult(true);
        try
        {
            int read;
            while ((read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)) > 0)
            {
                if (total + read > key.Size) return false;
                var piece = buffer.AsMemory(0, read);
                var writing = trouble.GuardAsync(() => Write(file, piece, total));
                hash.AppendData(piece.Span);
                await writing;
                total += read;
                if (total - flushed < BytesBetweenFlushes || !flushing.IsCompleted) continue;
                // An error is told once: the next flush would know nothing of it.
                await flushing;
                flushed = total;
                flushing = trouble.GuardAsync(() => Flush(file));
            }

            await flushing;
            return total == key.Size
                && Convert.ToHexStringLower(hash.GetHashAndReset()) == key.Sha
                && await trouble.GuardAsync(() => Flush(file));
        }
        finally
        {
            await ((Task)flushing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> Write(SafeFileHandle file, ReadOnlyMemory<byte> piece, long offset)
    {
        await RandomAccess.WriteAsync(file, piece, offset);
        return true;
    }

    private static Task<bool> Flush(SafeFileHandle file) => Task.Run(() =>
    {
        RandomAccess.FlushToDisk(file);
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
