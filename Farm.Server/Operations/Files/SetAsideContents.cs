using System.Globalization;

namespace Farm.Server.Operations.Files;

/// <summary>
/// Contents that a manager took away from their place because nothing seemed to refer to them, each under a name of its own. They are deleted
/// <see cref="Delay"/> later, unless it turns out that they are needed.
/// </summary>
/// <param name="root">The directory of the contents.</param>
internal sealed class SetAsideContents(string root)
{
    /// <summary>
    /// Longer than a manager that was stopped in a write operation can still commit it, and than any network file system believes in a file
    /// that is no longer there.
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    private const int HashDigits = 64;

    /// <summary>The directory.</summary>
    public string Folder { get; } = Path.Combine(root, "removed");

    /// <summary>Takes a content away from its place; null if it is not there.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="now">When, in unix milliseconds.</param>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public string? Take(string path, string sha256, long now)
    {
        FolderAccess.CreateDirectory(Folder);
        var aside = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{sha256}-{now}-{Guid.NewGuid():N}"));
        try
        {
            File.Move(path, aside);
            return aside;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts a content back, unless there is one in its place again.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public static void PutBack(string aside, string path)
    {
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (FileNotFoundException)
        {
            // Another manager did it.
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    /// <summary>The files of a content that were set aside.</summary>
    public IEnumerable<string> Of(string sha256) => Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, sha256 + "-*") : [];

    /// <summary>The contents that were set aside before a time (unix milliseconds), with their hashes.</summary>
    public IEnumerable<(string File, string Sha256)> Before(long time)
    {
        if (!Directory.Exists(Folder)) yield break;
        foreach (var file in Directory.GetFiles(Folder))
        {
            if (Path.GetFileName(file).Split('-') is [{ Length: HashDigits } sha256, var at, _]
                && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var taken) && taken < time)
            {
                yield return (file, sha256);
            }
        }
    }
}
