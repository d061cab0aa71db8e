using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Where Shaman keeps things below the shared storage (Contracts/Flamenco/Contract.md section 6.5). Touches nothing.</summary>
internal sealed class ShamanStorage(string sharedStorage)
{
    private const string StoreFolder = "file-store";
    private const string Extension = ".blob";
    private const int FirstDigits = 2;

    private long _temporaries;

    /// <summary>The shared storage itself, absolute.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(sharedStorage));

    /// <summary>Whole files, each once.</summary>
    public string Stored => Path.Combine(Root, StoreFolder, "stored");

    /// <summary>What is in the making. After a crash all of it is rubbish.</summary>
    public string Uploading => Path.Combine(Root, StoreFolder, "uploading");

    /// <summary>The checkouts.</summary>
    public string Checkouts => Path.Combine(Root, ShamanSettings.CheckoutsFolder);

    /// <summary>Where a stored file is.</summary>
    public string PathOf(FileKey key) => Path.Combine(Root, RelativePathOf(key).Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Where a stored file is, from the shared storage on, parts separated by <c>/</c>.</summary>
    public static string RelativePathOf(FileKey key) =>
        $"{StoreFolder}/stored/{key.Sha[..FirstDigits]}/{key.Sha[FirstDigits..]}/{key.Size}{Extension}";

    /// <summary>The stored file that a path or the target of a link ends in, or null when it is none. What comes before does not matter.</summary>
    public static FileKey? KeyOf(string path)
    {
        var parts = path.Replace('\\', '/').Split('/');
        if (parts.Length < 3 || parts[^3].Length != FirstDigits || !parts[^1].EndsWith(Extension, StringComparison.Ordinal)) return null;
        return long.TryParse(parts[^1].AsSpan(..^Extension.Length), System.Globalization.NumberStyles.None, null, out var size)
            ? FileKey.TryCreate(parts[^3] + parts[^2], size)
            : null;
    }

    /// <summary>A new name in <see cref="Uploading"/>.</summary>
    /// <param name="what">What it begins with, for people who look there.</param>
    public string NewTemporary(string what) => Path.Combine(Uploading, $"{what}-{Interlocked.Increment(ref _temporaries)}.tmp");
}
