using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Paths of Shaman below the shared storage (Contracts/Flamenco/Contract.md section 6.5). No I/O.</summary>
internal sealed class ShamanStorage(string sharedStorage)
{
    private const string StoreFolder = "file-store";
    private const string Extension = ".blob";
    private const int FirstDigits = 2;

    /// <summary>The absolute path of the shared storage.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(sharedStorage));

    /// <summary>Whether several managers may use the storage at once.</summary>
    public bool IsShared { get; init; }

    /// <summary>The directory of stored files.</summary>
    public string Stored => Path.Combine(Root, StoreFolder, "stored");

    /// <summary>The directory of unfinished work; its content is useless after a crash.</summary>
    public string Uploading => Path.Combine(Root, StoreFolder, "uploading");

    /// <summary>With several managers, the directory of files that are about to be removed (<see cref="SetAsideFiles"/>).</summary>
    public string Removed => Path.Combine(Root, StoreFolder, "removed");

    /// <summary>The directory of checkouts.</summary>
    public string Checkouts => Path.Combine(Root, ShamanSettings.CheckoutsFolder);

    /// <summary>The path of a stored file.</summary>
    public string PathOf(FileKey key) => Path.Combine(Root, RelativePathOf(key).Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The path of a stored file relative to the shared storage, separated by <c>/</c>.</summary>
    public static string RelativePathOf(FileKey key) =>
        $"{StoreFolder}/stored/{key.Sha[..FirstDigits]}/{key.Sha[FirstDigits..]}/{key.Size}{Extension}";

    /// <summary>The stored file that a path or link target ends with; null when it is not one. Ignores the directories before it.</summary>
    public static FileKey? KeyOf(string path)
    {
        var parts = path.Replace('\\', '/').Split('/');
        if (parts.Length < 3 || parts[^3].Length != FirstDigits || !parts[^1].EndsWith(Extension, StringComparison.Ordinal)) return null;
        return long.TryParse(parts[^1].AsSpan(..^Extension.Length), System.Globalization.NumberStyles.None, null, out var size)
            ? FileKey.TryCreate(parts[^3] + parts[^2], size)
            : null;
    }

    /// <summary>A new path in <see cref="Uploading"/>.</summary>
    /// <param name="what">A readable prefix of the name.</param>
    public string NewTemporaryPath(string what) => Path.Combine(Uploading, $"{what}-{Guid.NewGuid():N}.tmp");

    /// <summary>A new path to receive a file into.</summary>
    public string NewUploadPath(FileKey key) => NewTemporaryPath($"{key.Sha}-{key.Size}");

    /// <summary>The file whose name begins with a key, as in <see cref="NewUploadPath"/>; null when there is none.</summary>
    public static FileKey? KeyOfName(string name) =>
        name.Split('-') is [var sha, var size, ..] && long.TryParse(size, System.Globalization.NumberStyles.None, null, out var bytes)
            ? FileKey.TryCreate(sha, bytes)
            : null;
}
