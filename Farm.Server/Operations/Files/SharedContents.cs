using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;

namespace Farm.Server.Operations.Files;

/// <summary>Stores and removes contents while other managers do the same in the same directory.</summary>
/// <remarks>
/// An acknowledged content is never lost, wherever a manager is stopped, for however long, because write operations of all managers run one
/// after the other, and one that was stopped in a write operation cannot commit it later:
/// 1. The operation that writes the row first changes the time of the file, which fails if the file is not in its place; then it is placed again.
/// 2. A file leaves its place only by a rename to a name of its own (<see cref="SetAsideContents"/>), which may happen long after the decision.
/// 3. A write operation that begins after the rename looks for the row. If there is one, the file is put back. If there is none, every later
///    operation that writes it finds the place empty.
/// 4. A client of a network file system may believe in the old name for a while, so that the operation of step 1 changes the time of the file
///    that was set aside. So this is deleted only after <see cref="SetAsideContents.Delay"/>, and put back if there is a row by then. The same
///    holds if the manager of step 3 died. Until then the content is read from there.
/// 5. Nothing refers to a file that is deleted, and no other file gets its name.
/// </remarks>
internal sealed class SharedContents(FarmStore store, ContentFiles files, TimeProvider time, ILogger log)
{
    private const int MaxTries = 5;

    private readonly SetAsideContents _aside = new(files.Root);

    /// <summary>Called before a step that other managers may precede; replaced in tests.</summary>
    public Action<ContentStep> Before { get; set; } = static _ => { };

    /// <summary>Places a received file and writes its row and reference.</summary>
    /// <param name="received">The received file; the caller deletes it if it is still there.</param>
    /// <param name="file">Its content.</param>
    /// <param name="name">Writes the row that references the content.</param>
    /// <exception cref="FarmException">The disk or the database cannot be used, or what <paramref name="name"/> throws.</exception>
    public async Task<T> StoreAsync<T>(string received, StoredFile file, Func<WriteTransaction, StoredFile, T> name)
    {
        var isPlaced = false;
        try
        {
            for (var tries = 1; ; tries++)
            {
                files.Guard(() => isPlaced |= PlaceUnlessStored(received, file));
                Before(ContentStep.WriteRow);
                var (isWritten, result) = await store.WriteAsync(tx =>
                {
                    if (!TryTouch(file)) return (false, default(T)!);
                    StoredFileTable.Upsert(tx.Db, file.Sha256, file.Size, tx.Now);
                    return (true, name(tx, file));
                });
                if (isWritten) return result;
                if (tries == MaxTries || !File.Exists(received))
                    throw new FarmException(ErrorKind.Unavailable, "the file was removed while it was stored; send it again");
            }
        }
        catch when (isPlaced)
        {
            await TrySetAsideAsync(file.Sha256);
            throw;
        }
    }

    /// <summary>Opens a content that may just be set aside; null if it does not exist.</summary>
    public FileStream? TryOpen(string sha256) =>
        ContentFiles.TryOpen(files.PathOf(sha256))
        ?? _aside.Of(sha256).Select(ContentFiles.TryOpen).FirstOrDefault(file => file is not null)
        ?? ContentFiles.TryOpen(files.PathOf(sha256));

    /// <summary>Sets aside a content without a row that was last sent before a time (unix milliseconds); returns whether it did.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public async Task<bool> SetAsideAsync(string sha256, long before)
    {
        var path = files.PathOf(sha256);
        try
        {
            if (new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds() >= before) return false;
            Before(ContentStep.SetAside);
            if (_aside.Take(path, sha256, time.GetUtcNow().ToUnixTimeMilliseconds()) is not { } aside) return false;
            Before(ContentStep.FindRow);
            if (!await store.WriteAsync(tx => StoredFileTable.Exists(tx.Db, sha256))) return true;
            SetAsideContents.PutBack(aside, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove {File}, which is no longer needed; retrying later: {Reason}", path, problem.Message);
        }

        return false;
    }

    /// <summary>Deletes the contents that were set aside long enough ago, or puts them back if they are needed.</summary>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public void FinishRemovals()
    {
        foreach (var (aside, sha256) in _aside.Before((time.GetUtcNow() - SetAsideContents.Delay).ToUnixTimeMilliseconds()))
        {
            if (store.Read(db => StoredFileTable.SizeOf(db, sha256)) is { } size && new FileInfo(aside) is { Exists: true } file && file.Length == size)
                SetAsideContents.PutBack(aside, files.PathOf(sha256));
            else
                files.Discard(aside);
        }
    }

    /// <summary>
    /// Renames a received file to its final name, unless that file exists; then the received one is kept, to be placed if that one is removed
    /// meanwhile. Returns whether it was renamed.
    /// </summary>
    private bool PlaceUnlessStored(string received, StoredFile file)
    {
        var path = files.PathOf(file.Sha256);
        var directory = Path.GetDirectoryName(path)!;
        DurableDirectory.Create(directory);
        var isNew = !TryTouch(file);
        if (isNew)
        {
            File.SetLastWriteTimeUtc(received, time.GetUtcNow().UtcDateTime);
            File.Move(received, path, overwrite: true);
        }

        DurableDirectory.Flush(directory);
        return isNew;
    }

    /// <summary>Marks a file as just sent; false if it is not in its place. Unlike a look at the file, the server of a network file system does it.</summary>
    private bool TryTouch(StoredFile file)
    {
        var path = files.PathOf(file.Sha256);
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return new FileInfo(path) is { Exists: true } there && there.Length == file.Size;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>After a failure that is reported; what stays is found later.</summary>
    private async Task TrySetAsideAsync(string sha256)
    {
        try
        {
            if (!store.Read(db => StoredFileTable.Exists(db, sha256))) await SetAsideAsync(sha256, long.MaxValue);
        }
        catch (FarmException problem)
        {
            log.LogWarning("Cannot remove a file that could not be stored; retrying later: {Reason}", problem.Message);
        }
    }
}
