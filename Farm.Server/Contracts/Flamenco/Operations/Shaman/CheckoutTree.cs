using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Writes the files of a checkout into a directory of its own, as links to the stored ones that are right once the directory is moved to its
/// place. Links are relative, so that machines which see the storage elsewhere can follow them. Where the file system has none, files are copied.
/// </summary>
internal sealed class CheckoutTree(ShamanStorage storage, ILogger<CheckoutTree> log)
{
    /// <summary>Makes the directory with everything in it; it is on disk when this returns.</summary>
    /// <param name="directory">A directory that is not there yet.</param>
    /// <param name="files">The files, checked; all are stored.</param>
    /// <param name="upFromPlace">The way from its later place up to the shared storage, such as <c>../..</c>.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Write(string directory, IEnumerable<ShamanFile> files, string upFromPlace)
    {
        Directory.CreateDirectory(directory);
        var made = new HashSet<string> { directory };
        var canLink = true;
        foreach (var file in files.DistinctBy(file => file.Path))
        {
            var path = Path.Combine(directory, file.Path.Replace('/', Path.DirectorySeparatorChar));
            for (var above = Path.GetDirectoryName(path)!; made.Add(above); above = Path.GetDirectoryName(above)!) Directory.CreateDirectory(above);
            var up = string.Concat(Enumerable.Repeat("../", file.Path.Count(c => c == '/')));
            var target = $"{up}{upFromPlace}/{ShamanStorage.RelativePathOf(file.Key)}";
            canLink = canLink && TryLink(path, target.Replace('/', Path.DirectorySeparatorChar));
            if (!canLink) File.Copy(storage.PathOf(file.Key), path);
        }

        foreach (var named in made) DurableDirectory.Flush(named);
    }

    private bool TryLink(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException || (refusal is IOException full && !StorageFullException.IsMeantBy(full)))
        {
            log.LogWarning("No links can be made in {Directory}, so files of checkouts are copied: {Reason}", storage.Root, refusal.Message);
            return false;
        }
    }
}
