using System.Globalization;
using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Files;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Removes stored files when other managers may be using them. A file that was not used for long is renamed, and put back if it was used after
/// all: every use changes its time, by its usual name. Only files that were set aside are deleted, a while later, so that a client of a
/// network file system that still believes in the old name changes the time of the right file, and what a manager that died had set aside can
/// be put back.
/// </summary>
internal sealed class SetAsideFiles(ShamanStorage storage, TimeProvider time)
{
    /// <summary>Longer than any network file system believes in a file that is no longer there.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    /// <summary>Called between the decision and the rename; replaced in tests.</summary>
    internal Action BeforeRename { get; set; } = static () => { };

    /// <summary>Sets a file aside unless it was used since a time. Returns whether it did.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public bool Take(FileKey key, DateTimeOffset since)
    {
        var path = storage.PathOf(key);
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= since.UtcDateTime) return false;
        BeforeRename();
        FolderAccess.CreateDirectory(storage.Removed);
        var aside = Path.Combine(
            storage.Removed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Sha}-{key.Size}-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{since.ToUnixTimeMilliseconds()}-{Guid.NewGuid():N}"));
        try
        {
            File.Move(path, aside);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        if (Written(aside) < since.UtcDateTime) return true;
        PutBack(aside, path);
        return false;
    }

    /// <summary>Deletes the files that were set aside long enough ago, and puts those back that were used since.</summary>
    /// <exception cref="IOException">A file cannot be deleted or moved.</exception>
    public void Finish()
    {
        if (!Directory.Exists(storage.Removed)) return;
        foreach (var aside in Directory.GetFiles(storage.Removed))
        {
            var name = Path.GetFileName(aside);
            if (ShamanStorage.KeyOfName(name) is not { } key || name.Split('-') is not [_, _, var at, var limit, _]) continue;
            if (Time(at) is not { } taken || Time(limit) is not { } since || time.GetUtcNow() - taken < Delay) continue;
            if (Written(aside) < since.UtcDateTime) Delete(aside, Path.GetDirectoryName(storage.PathOf(key))!);
            else PutBack(aside, storage.PathOf(key));
        }
    }

    private static void Delete(string aside, string directory)
    {
        File.Delete(aside);
        try
        {
            if (Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any()) Directory.Delete(directory);
        }
        catch (IOException)
        {
            // Another manager uses or removed it.
        }
    }

    private static DateTimeOffset? Time(string milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private static void PutBack(string aside, string path)
    {
        try
        {
            FolderAccess.CreateDirectory(Path.GetDirectoryName(path)!);
            SetAsideContents.PutBack(aside, path);
        }
        catch (DirectoryNotFoundException)
        {
            // Another manager removed the empty directory; the next collection tries again.
        }
    }

    /// <summary>The file is opened first, so that a network file system asks its server; null if it is gone.</summary>
    private static DateTime? Written(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return File.GetLastWriteTimeUtc(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
