using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Files;

/// <summary>A content by what it is.</summary>
/// <param name="Sha256">Its SHA-256 as 64 hex digits in lower case.</param>
/// <param name="Size">Its length in bytes.</param>
internal readonly record struct StoredFile(string Sha256, long Size);

/// <summary>Brings a stream of any length to disk at constant memory, hashed while it is written.</summary>
internal static class HashedCopy
{
    private const int PieceBytes = 512 * 1024;

    /// <summary>The disk works while the rest is received, and what others write does not wait behind gigabytes of one file.</summary>
    private const long BytesBetweenFlushes = 64 * 1024 * 1024;

    /// <summary>Writes the stream to its end; what was written is flushed to disk when this returns it.</summary>
    /// <param name="content">What is written.</param>
    /// <param name="file">An empty file, opened for asynchronous writing.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="guard">Is around everything that the disk does, to tell its errors from those of the stream.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was written; null when it is longer than the limit.</returns>
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
                // An error is told once: the next flush would know nothing of it.
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
