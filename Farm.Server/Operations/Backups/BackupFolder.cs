using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// The backups of a data directory. A backup of the database alone is one file; with anything else, it is a folder with the database, the other files,
/// and their checksums.
/// </summary>
internal sealed partial class BackupFolder(DataDirectory directory)
{
    /// <summary>The folder of settings in a backup.</summary>
    public const string Settings = "settings";

    /// <summary>The folder of artifacts in a backup.</summary>
    public const string Artifacts = "artifacts";

    /// <summary>The end of the name of a backup that is not complete, or no longer.</summary>
    public const string Partial = ".part";

    /// <summary>What the names of scheduled backups begin with. Only those are removed by themselves.</summary>
    public const string Scheduled = "scheduled-";

    /// <summary>What the names of other backups begin with.</summary>
    public const string ByHand = "farm-";

    /// <summary>What the names of what restored backups replaced begin with.</summary>
    public const string Replaced = "replaced-";

    private const string DatabaseName = "farm.db";
    private const string TimeFormat = "yyyyMMdd-HHmmss-fff";
    private static readonly string[] TimeFormats = [TimeFormat, "yyyyMMdd-HHmmss"];

    // Nothing changes a backup after it got its name.
    private readonly ConcurrentDictionary<string, long> _sizes = new();
    private readonly BackupNotes _notes = new(directory.Backups);

    /// <summary>The path of the folder.</summary>
    public string Root => directory.Backups;

    /// <summary>The name of a backup.</summary>
    public static string NameAt(string prefix, DateTimeOffset time) => prefix + time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The database of a backup at a path: the file itself, or the one in the folder.</summary>
    public static string DatabaseOf(string path) => Directory.Exists(path) ? Path.Combine(path, DatabaseName) : path;

    /// <summary>A backup at any path: the folder for the database of a folder with other files.</summary>
    public static string Normalize(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetFileName(full) == DatabaseName && Path.GetDirectoryName(full) is { } parent && Checksums.Exist(parent) ? parent : full;
    }

    /// <summary>What a backup at a path holds besides the database.</summary>
    public static IReadOnlyList<BackupPart> PartsOf(string path)
    {
        List<BackupPart> parts = [];
        if (Directory.Exists(Path.Combine(path, Settings))) parts.Add(BackupPart.Settings);
        if (Directory.Exists(Path.Combine(path, Artifacts))) parts.Add(BackupPart.Artifacts);
        return parts;
    }

    /// <summary>All backups, the newest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<Backup> All()
    {
        if (!Directory.Exists(Root)) return [];
        var notes = _notes.Checks();
        return [.. new DirectoryInfo(Root).EnumerateFileSystemInfos().Where(IsBackup)
            .Select(entry => new Backup(
                entry.Name, entry.FullName, TimeOf(entry), _sizes.GetOrAdd(entry.Name, _ => Size(entry)), PartsOf(entry.FullName), notes.GetValueOrDefault(entry.Name)))
            .OrderByDescending(backup => backup.At).ThenByDescending(backup => backup.Name, StringComparer.Ordinal)];
    }

    /// <summary>The backup of a name; null if there is none. The name is never used as a path.</summary>
    public Backup? Find(string name) => All().FirstOrDefault(backup => backup.Name == name);

    /// <summary>Remembers how a check ended.</summary>
    public void Note(string name, BackupResult result) => _notes.Write(name, result, All().Select(backup => backup.Name).ToHashSet());

    /// <summary>Removes a backup. If that is interrupted, the rest is removed with <see cref="RemovePartial"/>.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Remove(Backup backup)
    {
        if (Directory.Exists(backup.Path))
        {
            var leaving = backup.Path + Partial;
            Directory.Move(backup.Path, leaving);
            Directory.Delete(leaving, recursive: true);
        }
        else
        {
            File.Delete(backup.Path);
        }

        _sizes.TryRemove(backup.Name, out _);
    }

    /// <summary>Removes what an interrupted backup or removal left. Call it only when none is under way.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void RemovePartial()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var entry in new DirectoryInfo(Root).GetFileSystemInfos("*" + Partial))
        {
            if (entry is DirectoryInfo folder) folder.Delete(recursive: true);
            else entry.Delete();
        }
    }

    private static bool IsBackup(FileSystemInfo entry) => entry is DirectoryInfo
        ? !entry.Name.EndsWith(Partial, StringComparison.Ordinal) && File.Exists(Path.Combine(entry.FullName, DatabaseName))
        : entry.Name.EndsWith(".db", StringComparison.Ordinal);

    private static long Size(FileSystemInfo entry) => entry is DirectoryInfo folder
        ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : ((FileInfo)entry).Length;

    /// <summary>From the name, because a copy from elsewhere has another time.</summary>
    private static DateTimeOffset TimeOf(FileSystemInfo entry) =>
        Time().Match(entry.Name) is { Success: true } named
        && DateTime.TryParseExact(named.Value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : entry.LastWriteTimeUtc;

    [GeneratedRegex(@"\d{8}-\d{6}(-\d{3})?")]
    private static partial Regex Time();
}
