using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Operations.Files;

/// <summary>
/// File contents, each stored once under its SHA-256 in the directory of files. The bytes, the file name and the row are written to disk in this
/// order; a crash in between leaves files that <see cref="ContentGarbage"/> removes. Storing and removing a content take a lock on it, so that
/// it cannot be removed between writing its file and its row; <see cref="SharedContents"/> ensures the same between managers.
/// </summary>
internal sealed class ContentStore
{
    private const int FirstDigits = 2;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    private readonly FarmStore _store;
    private readonly ContentFiles _files;

    /// <summary>The contents of a farm; does not access the file system.</summary>
    public ContentStore(FarmStore store, TimeProvider time, ILogger<ContentStore> log)
    {
        _store = store;
        _files = new ContentFiles(store.Directory.Artifacts, log);
        Shared = store.IsShared ? new SharedContents(store, _files, time, log) : null;
    }

    /// <summary>What several managers need; null for one.</summary>
    public SharedContents? Shared { get; }

    /// <summary>Creates the file for incoming data; replaced in tests to simulate a full disk.</summary>
    public Func<string, SafeFileHandle> CreateFile { get; set; } = FolderAccess.OpenNew;

    /// <summary>The directory of the contents.</summary>
    public string Root => _files.Root;

    /// <summary>The directory of unfinished uploads.</summary>
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
        var received = Path.Combine(Incoming, $"{Guid.NewGuid():N}.tmp");
        try
        {
            var file = await ReceiveAsync(received, content, limit, cancellationToken);
            using var held = await HoldAsync(file.Sha256, cancellationToken);
            if (Shared is not null) return await Shared.StoreAsync(received, file, name);
            _files.Guard(() => Place(received, file));
            return await NoteAsync(file, name);
        }
        finally
        {
            _files.Discard(received);
        }
    }

    /// <summary>Opens a content. It stays readable even if it is removed meanwhile.</summary>
    /// <exception cref="FarmException">The content does not exist.</exception>
    public FileStream Open(string sha256)
    {
        if (!IsHash(sha256)) throw FarmException.NotFound("no such file");
        var file = Shared is null ? ContentFiles.TryOpen(_files.PathOf(sha256)) : Shared.TryOpen(sha256);
        return file ?? throw FarmException.NotFound("no such file");
    }

    /// <summary>Removes a content that is unreferenced and was last sent before the given time (unix milliseconds). Returns whether it was removed.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task<bool> RemoveUnusedAsync(string sha256, long before)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (!await _store.WriteAsync(tx => StoredFileTable.RemoveUnused(tx.Db, sha256, before))) return false;
        if (Shared is not null) await Shared.SetAsideAsync(sha256, before);
        else _files.Discard(_files.PathOf(sha256));
        return true;
    }

    /// <summary>
    /// Removes a file without a row, left by a crash or a failed deletion; with several managers, only if it was last sent before the given time
    /// (unix milliseconds).
    /// </summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task<bool> RemoveForgottenAsync(string sha256, long before)
    {
        using var held = await HoldAsync(sha256, CancellationToken.None);
        if (_store.Read(db => StoredFileTable.Exists(db, sha256))) return false;
        if (Shared is not null) return await Shared.SetAsideAsync(sha256, before);
        _files.Discard(_files.PathOf(sha256));
        return true;
    }

    /// <inheritdoc cref="ContentFiles.IsHash"/>
    public static bool IsHash(string text) => ContentFiles.IsHash(text);

    private async Task<StoredFile> ReceiveAsync(string path, Stream content, long limit, CancellationToken cancellationToken)
    {
        SafeFileHandle? created = null;
        _files.Guard(() =>
        {
            DurableDirectory.Create(Incoming);
            created = CreateFile(path);
        });
        using var file = created!;
        return await HashedCopy.ToDiskAsync(content, file, limit, _files.GuardAsync, cancellationToken)
            ?? throw new FarmException(ErrorKind.TooLarge, $"the file is too large; the limit is {limit} bytes");
    }

    /// <summary>Renames a received file to its final name, unless that file exists. The name is on disk when this returns.</summary>
    private void Place(string received, StoredFile file)
    {
        var path = _files.PathOf(file.Sha256);
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
            return await _store.WriteAsync(tx =>
            {
                StoredFileTable.Upsert(tx.Db, file.Sha256, file.Size, tx.Now);
                return name(tx, file);
            });
        }
        catch
        {
            if (!_store.Read(db => StoredFileTable.Exists(db, file.Sha256))) _files.Discard(_files.PathOf(file.Sha256));
            throw;
        }
    }

    private async Task<Held> HoldAsync(string sha256, CancellationToken cancellationToken)
    {
        var gate = _gates[Convert.ToInt32(sha256[..FirstDigits], 16)];
        await gate.WaitAsync(cancellationToken);
        return new Held(gate);
    }

    /// <summary>The lock on a content; disposing releases it.</summary>
    private readonly struct Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
