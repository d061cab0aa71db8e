using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Files;

/// <summary>
/// Contents of files, each kept once under its SHA-256 in the data directory. A content is stored once its bytes, its name and its row are on
/// disk, in this order; a crash before that leaves rubbish that <see cref="ContentGarbage"/> removes. What happens to one content (kept, collected)
/// happens under a gate of that content, so that collecting it cannot come between its file and its row.
/// </summary>
internal sealed class ContentStore(FarmStore store, ILogger<ContentStore> log)
{
    private const int HashDigits = 64;
    private const int FirstDigits = 2;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    private long _temporaries;

    /// <summary>How a file to receive into is created; tests put a full disk here.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } =
        path => File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);

    /// <summary>Where the contents are.</summary>
    public string Root { get; } = Path.Combine(store.Directory.Artifacts, "content");

    /// <summary>Where contents are while they are received. After a crash all of it is rubbish.</summary>
    public string Incoming => Path.Combine(Root, "incoming");

    /// <summary>Keeps a content. Nothing names it yet: whoever needs it must do so within <see cref="ContentGarbage.Grace"/>.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="cancellationToken">Whoever sends it is gone.</param>
    /// <exception cref="FarmException">It is longer than the limit (too large), or the disk cannot be used (unavailable). Nothing is left of it.</exception>
    /// <exception cref="StorageFullException">There is no room. Nothing is left of it.</exception>
    public Task<StoredFile> PutAsync(Stream content, long limit, CancellationToken cancellationToken) => PutAsync(content, limit, static (_, file) => file, cancellationToken);

    /// <summary>Keeps a content and names it in the same transaction. When naming it is refused, nothing is left of it.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <param name="name">Writes the row that names the content; may refuse with a <see cref="FarmException"/>.</param>
    /// <param name="cancellationToken">Whoever sends it is gone.</param>
    /// <exception cref="FarmException">As <see cref="PutAsync(Stream, long, CancellationToken)"/>, and what <paramref name="name"/> throws.</exception>
    /// <exception cref="StorageFullException">There is no room. Nothing is left of it.</exception>
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

    /// <summary>Opens a content to read it. It can be read to its end even if it is collected meanwhile.</summary>
    /// <exception cref="FarmException">The farm does not have it.</exception>
    public FileStream Open(string sha256)
    {
        if (!IsHash(sha256)) throw FarmException.NotFound("there is no such file");
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
            throw FarmException.NotFound("there is no such file");
        }
    }

    /// <summary>Removes a content unless something names it or it was sent since a moment (unix milliseconds). Answers whether it did.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task<bool> RemoveUnusedAsync(string sha256, long before)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (!await store.WriteAsync(tx => StoredFileTable.RemoveUnused(tx.Db, sha256, before))) return false;
        Discard(PathOf(sha256));
        return true;
    }

    /// <summary>Removes the file of a content that has no row: what a crash left, or what could not be removed when it should have been.</summary>
    public async Task<bool> RemoveForgottenAsync(string sha256)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (store.Read(db => StoredFileTable.Exists(db, sha256))) return false;
        Discard(PathOf(sha256));
        return true;
    }

    /// <summary>Whether a text has the form of a SHA-256 as the store writes it.</summary>
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
            ?? throw new FarmException(ErrorKind.TooLarge, $"the file is too large: at most {limit} bytes are taken here");
    }

    /// <summary>Gives a received file its name, unless one of that name is there. The name is on disk afterwards.</summary>
    private void Place(string received, StoredFile file)
    {
        var path = PathOf(file.Sha256);
        var directory = Path.GetDirectoryName(path)!;
        DurableDirectory.Create(directory);
        // One of another length was damaged after it was stored.
        if (new FileInfo(path) is not { Exists: true } there || there.Length != file.Size) File.Move(received, path, overwrite: true);
        DurableDirectory.Flush(directory);
    }

    private async Task<T> NoteAsync<T>(StoredFile file, Func<WriteTransaction, StoredFile, T> name)
    {
        try
        {
            return await store.WriteAsync(tx =>
            {
                StoredFileTable.Note(tx.Db, file.Sha256, file.Size, tx.Now);
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
            log.LogWarning("{File} is no longer needed and could not be removed; it is tried again later: {Reason}", path, problem.Message);
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Translate(trouble);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Translate(trouble);
        }
    }

    private Exception Translate(Exception trouble)
    {
        log.LogError("A file cannot be stored in {Directory}: {Reason}", Root, trouble.Message);
        return trouble is IOException full && StorageFullException.IsMeantBy(full)
            ? new StorageFullException("a file", full)
            : new FarmException(ErrorKind.Unavailable, "the farm cannot store files at the moment; its log says why", trouble);
    }

    /// <summary>The gate of a content, released when this is disposed of.</summary>
    private readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
