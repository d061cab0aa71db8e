using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Files;

/// <summary>
/// File contents, each stored once under its SHA-256 in the data directory. The bytes, the file name and the row are written to disk in this
/// order; a crash in between leaves files that <see cref="ContentGarbage"/> removes. Storing and removing a content take a lock on it, so that
/// it cannot be removed between writing its file and its row.
/// </summary>
internal sealed class ContentStore(FarmStore store, ILogger<ContentStore> log)
{
    private const int HashDigits = 64;
    private const int FirstDigits = 2;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    private long _temporaries;

    /// <summary>Creates the file for incoming data; replaced in tests to simulate a full disk.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } =
        path => File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>The directory of the contents.</summary>
    public string Root { get; } = Path.Combine(store.Directory.Artifacts, "content");

    /// <summary>The directory of unfinished uploads. After a crash, all files in it can be deleted.</summary>
    public string Incoming => Path.Combine(Root, "incoming");

    /// <summary>Stores a content without a reference; add one within <see cref="ContentGarbage.Grace"/>, or it is removed.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="limit">The maximum size in bytes.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FarmException">It exceeds the limit (too large), or the disk cannot be used (unavailable). Nothing is stored.</exception>
    /// <exception cref="StorageFullException">The disk is full. Nothing is stored.</exception>
    public Task<StoredFile> PutAsync(Stream content, long limit, CancellationToken cancellationToken) => PutAsync(content, limit, static (_, file) => file, cancellationToken);

    /// <summary>Stores a content and its reference in one transaction. If <paramref name="name"/> throws, nothing is stored.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="limit">The maximum size in bytes.</param>
    /// <param name="name">Writes the row that references the content; may throw a <see cref="FarmException"/>.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <exception cref="FarmException">As <see cref="PutAsync(Stream, long, CancellationToken)"/>, and what <paramref name="name"/> throws.</exception>
    /// <exception cref="StorageFullException">The disk is full. Nothing is stored.</exception>
    public async Task<T> PutAsync<T>(Stream content, long limit, Func<WriteTransaction, StoredFile, T> name, CancellationToken cancellationToken)
    {
        var received = Path.Combine(Incoming, $"{Interlocked.Increment(ref _temporaries)}.tmp");
        try
        {
            var file = await ReceiveAsync(received, content, limit, cancellationToken);
            using var held = await HoldAsync(file.Sha256, cancellationToken);
            Guard(() => Place(received, file));
            return await NoteAsync(file, name);
        }
        finally
        {
            Discard(received);
        }
    }

    /// <summary>Opens a content. It stays readable even if it is removed meanwhile.</summary>
    /// <exception cref="FarmException">The content does not exist.</exception>
    public FileStream Open(string sha256)
    {
        if (!IsHash(sha256)) throw FarmException.NotFound("no such file");
        try
        {
            return new FileStream(PathOf(sha256), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw FarmException.NotFound("no such file");
        }
    }

    /// <summary>Removes a content that is unreferenced and was last sent before the given time (unix milliseconds). Returns whether it was removed.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task<bool> RemoveUnusedAsync(string sha256, long before)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (!await store.WriteAsync(tx => StoredFileTable.RemoveUnused(tx.Db, sha256, before))) return false;
        Discard(PathOf(sha256));
        return true;
    }

    /// <summary>Removes a file without a row, left by a crash or a failed deletion.</summary>
    public async Task<bool> RemoveForgottenAsync(string sha256)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (store.Read(db => StoredFileTable.Exists(db, sha256))) return false;
        Discard(PathOf(sha256));
        return true;
    }

    /// <summary>Whether a text is a SHA-256 in the form used by the store.</summary>
    public static bool IsHash(string text) => text.Length == HashDigits && text.All(char.IsAsciiHexDigitLower);

    private string PathOf(string sha256) => Path.Combine(Root, sha256[..FirstDigits], sha256);

    private async Task<StoredFile> ReceiveAsync(string path, Stream content, long limit, CancellationToken cancellationToken)
    {
        SafeFileHandle? created = null;
        Guard(() =>
        {
            DurableDirectory.Create(Incoming);
            created = CreateFile(path);
        });
        using var file = created!;
        return await HashedCopy.ToDiskAsync(content, file, limit, GuardAsync, cancellationToken)
            ?? throw new FarmException(ErrorKind.TooLarge, $"the file is too large; the limit is {limit} bytes");
    }

    /// <summary>Renames a received file to its final name, unless that file exists. The name is on disk when this returns.</summary>
    private void Place(string received, StoredFile file)
    {
        var path = PathOf(file.Sha256);
        var directory = Path.GetDirectoryName(path)!;
        DurableDirectory.Create(directory);
        // An existing file of another length was damaged after it was stored.
        if (new FileInfo(path) is not { Exists: true } there || there.Length != file.Size) File.Move(received, path, overwrite: true);
        DurableDirectory.Flush(directory);
    }

    private async Task<T> NoteAsync<T>(StoredFile file, Func<WriteTransaction, StoredFile, T> name)
    {
        try
        {
            return await store.WriteAsync(tx =>
            {
                StoredFileTable.Upsert(tx.Db, file.Sha256, file.Size, tx.Now);
                return name(tx, file);
            });
        }
        catch
        {
            if (!store.Read(db => StoredFileTable.Exists(db, file.Sha256))) Discard(PathOf(file.Sha256));
            throw;
        }
    }

    private async Task<Held> HoldAsync(string sha256, CancellationToken cancellationToken)
    {
        var gate = _gates[Convert.ToInt32(sha256[..FirstDigits], 16)];
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    private void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was received.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot delete {File}, which is no longer needed; retrying later: {Reason}", path, problem.Message);
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(error);
        }
    }

    private Exception Translate(Exception error)
    {
        log.LogError("Cannot store a file in {Directory}: {Reason}", Root, error.Message);
        return error is IOException full && StorageFullException.Matches(full)
            ? new StorageFullException("a file", full)
            : new FarmException(ErrorKind.Unavailable, "files cannot be stored now; see the server log", error);
    }

    /// <summary>The lock on a content; disposing releases it.</summary>
    private readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
