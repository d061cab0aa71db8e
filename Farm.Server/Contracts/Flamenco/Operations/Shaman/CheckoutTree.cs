using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Writes the files of a checkout into a staging directory, as relative links that are valid once the directory is moved to its final path. Relative
/// links also work on machines that mount the storage elsewhere. Files are copied when the file system has no links.
/// </summary>
internal sealed class CheckoutTree(ShamanStorage storage, ILogger<CheckoutTree> log)
{
    /// <summary>Creates the directory and its files, flushed to disk.</summary>
    /// <param name="directory">A directory that does not exist yet.</param>
    /// <param name="files">The files, validated and all stored.</param>
    /// <param name="upFromPlace">The relative path from the final directory up to the shared storage, such as <c>../..</c>.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Write(string directory, IEnumerable<ShamanFile> files, string upFromPlace)
    {
        FolderAccess.CreateDirectory(directory);
        var made = new HashSet<string> { directory };
        var canLink = true;
        foreach (var file in files.DistinctBy(file => file.Path))
        {
            var path = Path.Combine(directory, file.Path.Replace('/', Path.DirectorySeparatorChar));
            for (var above = Path.GetDirectoryName(path)!; made.Add(above); above = Path.GetDirectoryName(above)!) FolderAccess.CreateDirectory(above);
            var up = string.Concat(Enumerable.Repeat("../", file.Path.Count(c => c == '/')));
            var target = $"{up}{upFromPlace}/{ShamanStorage.RelativePathOf(file.Key)}";
            canLink = canLink && TryLink(path, target.Replace('/', Path.DirectorySeparatorChar));
            if (canLink) continue;
            File.Copy(storage.PathOf(file.Key), path);
            FolderAccess.Follow(path);
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
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException full && !StorageFullException.Matches(full)))
        {
            log.LogWarning("Cannot create links in {Directory}; checkouts copy their files: {Reason}", storage.Root, error.Message);
            return false;
        }
    }
}
