using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>How a wish to send a file was met.</summary>
internal enum UploadStart
{
    /// <summary>Go on; <see cref="ShamanFileStore.EndUpload"/> must follow.</summary>
    Begun,

    /// <summary>The farm has it already.</summary>
    Stored,

    /// <summary>Somebody else is sending it.</summary>
    Elsewhere,
}

/// <summary>
/// The stored files, and who is busy with them. All decisions about a file (is it there, may it go) are made under one lock, which is never held
/// while bytes are moved or flushed. A file counts as stored once it and its name are on disk.
/// </summary>
internal sealed class ShamanFileStore(ShamanStorage storage, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FileKey, int> _uploads = [];
    private readonly Dictionary<FileKey, int> _unflushed = [];
    private readonly Dictionary<FileKey, int> _pins = [];

    /// <summary>What the farm has of a file.</summary>
    public FileStatus StatusOf(FileKey key)
    {
        lock (_lock) return Status(key);
    }

    /// <summary>What the farm has of a file, which is kept from the garbage collector for another while.</summary>
    public FileStatus Ask(FileKey key)
    {
        lock (_lock)
        {
            var status = Status(key);
            if (status == FileStatus.Stored) Touch(key);
            return status;
        }
    }

    /// <summary>Notes that somebody begins to send a file, unless the farm has it, or another is sending it and this one can wait.</summary>
    public UploadStart BeginUpload(FileKey key, bool canDefer)
    {
        lock (_lock)
        {
            var status = Status(key);
            if (status == FileStatus.Stored)
            {
                Touch(key);
                return UploadStart.Stored;
            }

            if (status == FileStatus.Uploading && canDefer) return UploadStart.Elsewhere;
            Count(_uploads, key, 1);
            return UploadStart.Begun;
        }
    }

    /// <summary>Notes that somebody does not send a file any more.</summary>
    public void EndUpload(FileKey key)
    {
        lock (_lock) Count(_uploads, key, -1);
    }

    /// <summary>Makes a received and flushed file a stored one; on disk, name and all, when this returns.</summary>
    /// <param name="key">Its checked key.</param>
    /// <param name="received">Where it is; moved away, or left when somebody else was first.</param>
    /// <exception cref="IOException">The disk refused; the file is not stored.</exception>
    public void Add(FileKey key, string received)
    {
        var path = storage.PathOf(key);
        var directory = Path.GetDirectoryName(path)!;
        lock (_lock)
        {
            if (Status(key) == FileStatus.Stored) return;
            Directory.CreateDirectory(directory);
            File.SetLastWriteTimeUtc(received, time.GetUtcNow().UtcDateTime);
            File.Move(received, path, overwrite: true);
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
                // What another one has flushed meanwhile was promised to its sender.
                if (_unflushed[key] == 1) File.Delete(path);
            }

            throw;
        }
        finally
        {
            lock (_lock) Count(_unflushed, key, -1);
        }
    }

    /// <summary>Keeps files from being collected until the result is disposed of, and for another while after it.</summary>
    /// <param name="keys">The files, each once.</param>
    /// <param name="missing">Those that are not stored; then nothing is kept.</param>
    public Pins? Pin(IReadOnlyList<FileKey> keys, out IReadOnlyList<FileKey> missing)
    {
        var pinned = new List<FileKey>();
        var absent = new List<FileKey>();
        foreach (var key in keys)
        {
            lock (_lock)
            {
                if (Status(key) == FileStatus.Stored)
                {
                    Touch(key);
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

    /// <summary>The files that are kept by <see cref="Pin"/> now.</summary>
    public IReadOnlyList<FileKey> Pinned()
    {
        lock (_lock) return [.. _pins.Keys];
    }

    /// <summary>Removes a file unless somebody keeps it or asked for it since a moment. Answers with the bytes that it freed.</summary>
    public long RemoveUnlessUsedSince(FileKey key, DateTimeOffset moment)
    {
        var file = new FileInfo(storage.PathOf(key));
        lock (_lock)
        {
            if (!file.Exists || file.LastWriteTimeUtc >= moment.UtcDateTime || _pins.ContainsKey(key) || _unflushed.ContainsKey(key)) return 0;
            file.Delete();
            var directory = file.Directory!;
            if (!directory.EnumerateFileSystemInfos().Any()) directory.Delete();
            return key.Size;
        }
    }

    private FileStatus Status(FileKey key)
    {
        // One of another length was damaged after it was stored; it is sent and stored anew.
        if (!_unflushed.ContainsKey(key) && new FileInfo(storage.PathOf(key)) is { Exists: true } file && file.Length == key.Size)
            return FileStatus.Stored;
        return _uploads.ContainsKey(key) ? FileStatus.Uploading : FileStatus.Unknown;
    }

    private void Touch(FileKey key) => File.SetLastWriteTimeUtc(storage.PathOf(key), time.GetUtcNow().UtcDateTime);

    private static void Count(Dictionary<FileKey, int> counts, FileKey key, int by)
    {
        if ((counts[key] = counts.GetValueOrDefault(key) + by) == 0) counts.Remove(key);
    }

    /// <summary>Files that must stay.</summary>
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
