using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Whether an upload started.</summary>
internal enum UploadStart
{
    /// <summary>It started; <see cref="ShamanFileStore.EndUpload"/> must follow.</summary>
    Started,

    /// <summary>The file is already stored.</summary>
    AlreadyStored,

    /// <summary>Another client is uploading it.</summary>
    InProgress,
}

/// <summary>
/// Tracks stored files and their uploads and pins. All decisions about a file (is it stored, may it be removed) are made under one lock, which is
/// never held while bytes are copied or flushed. A file is stored once its content and name are on disk.
/// </summary>
/// <remarks>
/// The lock is one of this process. With several managers, the time of a file says that it is in use (<see cref="SetAsideFiles"/>), and the names
/// of files being received say what others upload; an upload without a change for <see cref="UploadTimeout"/> has died.
/// </remarks>
internal sealed class ShamanFileStore(ShamanStorage storage, TimeProvider time)
{
    /// <summary>How long an upload to another manager is waited for after its last byte.</summary>
    public static readonly TimeSpan UploadTimeout = TimeSpan.FromMinutes(1);

    private const int MaxTries = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<FileKey, int> _uploads = [];
    private readonly Dictionary<FileKey, int> _unflushed = [];
    private readonly Dictionary<FileKey, int> _pins = [];

    /// <summary>Files that other managers may be using, on their way to be removed.</summary>
    public SetAsideFiles SetAside { get; } = new(storage, time);

    /// <summary>The status of a file.</summary>
    public FileStatus StatusOf(FileKey key)
    {
        lock (_lock) return IsStored(key) ? FileStatus.Stored : StatusOfAbsent(key, ElsewhereUploading());
    }

    /// <summary>The status of each file; stored ones are kept from garbage collection for a while.</summary>
    public IEnumerable<FileStatus> CheckAndTouch(IEnumerable<FileKey> keys)
    {
        var elsewhere = ElsewhereUploading();
        foreach (var key in keys)
        {
            FileStatus status;
            lock (_lock) status = IsStoredAndTouched(key) ? FileStatus.Stored : StatusOfAbsent(key, elsewhere);
            yield return status;
        }
    }

    /// <summary>Starts an upload, unless the file is stored, or another client uploads it and this one can wait.</summary>
    public UploadStart BeginUpload(FileKey key, bool canDefer)
    {
        lock (_lock)
        {
            if (IsStoredAndTouched(key)) return UploadStart.AlreadyStored;
            if (canDefer && StatusOfAbsent(key, ElsewhereUploading()) == FileStatus.Uploading) return UploadStart.InProgress;
            Count(_uploads, key, 1);
            return UploadStart.Started;
        }
    }

    /// <summary>Ends an upload, successful or not.</summary>
    public void EndUpload(FileKey key)
    {
        lock (_lock) Count(_uploads, key, -1);
    }

    /// <summary>Adds a received and flushed file to the store; it is durable when this returns.</summary>
    /// <param name="key">Its verified key.</param>
    /// <param name="received">Its temporary path; not moved when another upload was first.</param>
    /// <exception cref="IOException">The disk failed; the file is not stored.</exception>
    public void Add(FileKey key, string received)
    {
        var path = storage.PathOf(key);
        var directory = Path.GetDirectoryName(path)!;
        lock (_lock)
        {
            if (IsStored(key) && (!storage.IsShared || TryTouch(key))) return;
            File.SetLastWriteTimeUtc(received, time.GetUtcNow().UtcDateTime);
            MoveIntoPlace(received, path, directory);
            Count(_unflushed, key, 1);
        }

        try
        {
            for (var named = directory; named?.Length >= storage.Root.Length; named = Path.GetDirectoryName(named)) DurableDirectory.Flush(named);
        }
        catch
        {
            lock (_lock)
            {
                // A concurrent upload that was flushed is already acknowledged, perhaps by another manager.
                if (_unflushed[key] == 1 && !storage.IsShared) File.Delete(path);
            }

            throw;
        }
        finally
        {
            lock (_lock) Count(_unflushed, key, -1);
        }
    }

    /// <summary>Keeps files from garbage collection until the result is disposed, and for a while after.</summary>
    /// <param name="keys">The files, without duplicates.</param>
    /// <param name="missing">The files that are not stored; if any, nothing is pinned and the result is null.</param>
    public Pins? Pin(IReadOnlyList<FileKey> keys, out IReadOnlyList<FileKey> missing)
    {
        var pinned = new List<FileKey>();
        var absent = new List<FileKey>();
        foreach (var key in keys)
        {
            lock (_lock)
            {
                if (IsStoredAndTouched(key))
                {
                    Count(_pins, key, 1);
                    pinned.Add(key);
                }
                else
                {
                    absent.Add(key);
                }
            }
        }

        missing = absent;
        var pins = new Pins(this, pinned);
        if (absent.Count == 0) return pins;
        pins.Dispose();
        return null;
    }

    /// <summary>The files of a finished checkout that another manager removed before the checkout could be seen; the others are kept for a while.</summary>
    public IReadOnlyList<FileKey> MissingAfterCheckout(IReadOnlyList<FileKey> keys) =>
        storage.IsShared ? [.. keys.Where(key => !TryTouch(key) || !IsStored(key))] : [];

    /// <summary>The currently pinned files.</summary>
    public IReadOnlyList<FileKey> Pinned()
    {
        lock (_lock) return [.. _pins.Keys];
    }

    /// <summary>Removes a file unless it is pinned or was used since a time. Returns the freed bytes.</summary>
    public long RemoveUnlessUsedSince(FileKey key, DateTimeOffset since)
    {
        var file = new FileInfo(storage.PathOf(key));
        lock (_lock)
        {
            if (!file.Exists || file.LastWriteTimeUtc >= since.UtcDateTime || _pins.ContainsKey(key) || _unflushed.ContainsKey(key)) return 0;
            if (storage.IsShared) return SetAside.Take(key, since) ? key.Size : 0;
            file.Delete();
            var directory = file.Directory!;
            if (!directory.EnumerateFileSystemInfos().Any()) directory.Delete();
            return key.Size;
        }
    }

    private FileStatus StatusOfAbsent(FileKey key, Lazy<HashSet<FileKey>> elsewhere) =>
        _uploads.ContainsKey(key) || elsewhere.Value.Contains(key) ? FileStatus.Uploading : FileStatus.Unknown;

    /// <summary>A file with the wrong length was damaged after it was stored; it must be uploaded again.</summary>
    private bool IsStored(FileKey key) =>
        !_unflushed.ContainsKey(key) && new FileInfo(storage.PathOf(key)) is { Exists: true } file && file.Length == key.Size;

    private bool IsStoredAndTouched(FileKey key) => IsStored(key) && TryTouch(key);

    /// <summary>False if another manager removed the file.</summary>
    private bool TryTouch(FileKey key)
    {
        try
        {
            File.SetLastWriteTimeUtc(storage.PathOf(key), time.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>What other managers are receiving, looked up when it is first needed.</summary>
    private Lazy<HashSet<FileKey>> ElsewhereUploading() => new(() =>
    {
        if (!storage.IsShared || !Directory.Exists(storage.Uploading)) return [];
        var alive = (time.GetUtcNow() - UploadTimeout).UtcDateTime;
        return [.. new DirectoryInfo(storage.Uploading).EnumerateFiles().Where(file => file.LastWriteTimeUtc >= alive)
            .Select(file => ShamanStorage.KeyOfName(file.Name)).OfType<FileKey>()];
    });

    /// <summary>Another manager may remove the directory while it is empty.</summary>
    private void MoveIntoPlace(string received, string path, string directory)
    {
        for (var tries = 1; ; tries++)
        {
            FolderAccess.CreateDirectory(directory);
            try
            {
                File.Move(received, path, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (tries < MaxTries)
            {
            }
        }
    }

    private static void Count(Dictionary<FileKey, int> counts, FileKey key, int by)
    {
        if ((counts[key] = counts.GetValueOrDefault(key) + by) == 0) counts.Remove(key);
    }

    /// <summary>Pinned files.</summary>
    internal sealed class Pins(ShamanFileStore files, IReadOnlyList<FileKey> keys) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            lock (files._lock)
            {
                foreach (var key in keys) Count(files._pins, key, -1);
            }
        }
    }
}
