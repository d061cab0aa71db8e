using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Files;

/// <summary>Identifies a content.</summary>
/// <param name="Sha256">Its SHA-256 as 64 lowercase hex digits.</param>
/// <param name="Size">Its length in bytes.</param>
internal readonly record struct StoredFile(string Sha256, long Size);

/// <summary>Writes a stream of any length to disk with constant memory and hashes it on the way.</summary>
internal static class HashedCopy
{
    private const int PieceBytes = 512 * 1024;

    /// <summary>Regular flushes keep the disk busy during the upload, and other writes do not wait for gigabytes of one file.</summary>
    private const long BytesBetweenFlushes = 64 * 1024 * 1024;

    /// <summary>Copies the whole stream. The file is flushed to disk when this returns.</summary>
    /// <param name="content">The stream to copy.</param>
    /// <param name="file">An empty file, opened for asynchronous writing.</param>
    /// <param name="limit">The maximum size in bytes.</param>
    /// <param name="guard">Wraps all disk access, to distinguish disk errors from stream errors.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>Hash and size; null if the stream exceeds the limit.</returns>
    public static async Task<StoredFile?> ToDiskAsync(
        Stream content, SafeFileHandle file, long limit, Func<Func<Task>, Task> guard, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceBytes];
        long total = 0;
        long flushed = 0;
        var flushing = Task.CompletedTask;
        try
        {
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (read > limit - total) return null;
                var (piece, offset) = (buffer.AsMemory(0, read), total);
                var writing = guard(() => RandomAccess.WriteAsync(file, piece, offset).AsTask());
                hash.AppendData(piece.Span);
                await writing;
                total += read;
                if (total - flushed < BytesBetweenFlushes || !flushing.IsCompleted) continue;
                // The system reports a write error only once; a later flush would succeed.
                await flushing;
                flushed = total;
                flushing = guard(() => FlushAsync(file));
            }

            await flushing;
            await guard(() => FlushAsync(file));
            return new StoredFile(Convert.ToHexStringLower(hash.GetHashAndReset()), total);
        }
        finally
        {
            await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task FlushAsync(SafeFileHandle file) => Task.Run(() => RandomAccess.FlushToDisk(file));
}
