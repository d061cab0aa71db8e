using Farm.Server.Operations.Files;

namespace Farm.Server.Operations.Backups;

/// <summary>
/// The artifacts of a farm or of a backup. Neither stored contents nor images change in place, so a backup gets second names of them
/// (<see cref="FileLink"/>).
/// </summary>
/// <param name="root">The directory, which need not exist.</param>
internal sealed class ArtifactTree(string root)
{
    private const string Content = "content";
    private const string Incoming = "incoming";

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The relative paths of all files but unfinished uploads.</summary>
    private IEnumerable<string> Files => !Directory.Exists(root)
        ? []
        : Directory.EnumerateFiles(root, "*", Below).Select(path => Path.GetRelativePath(root, path)).Where(IsComplete);

    /// <summary>Copies the files of a database to a backup.</summary>
    /// <param name="target">The artifacts of the backup.</param>
    /// <param name="known">The contents that the database knows.</param>
    /// <param name="freeBytes">Tells how much space is free for files that cannot be linked.</param>
    /// <returns>How many contents are missing.</returns>
    /// <exception cref="IOException">A file cannot be copied, or there is too little space.</exception>
    public int CopyTo(string target, IReadOnlySet<string> known, Func<long> freeBytes)
    {
        PrivateDirectory.Create(target);
        var files = Files.Where(file => HashOf(file) is not { } sha256 || known.Contains(sha256)).ToList();
        var isSpaceChecked = false;
        foreach (var (index, file) in files.Index())
        {
            var (from, to) = (Path.Combine(root, file), Path.Combine(target, file));
            DurableDirectory.Create(Path.GetDirectoryName(to)!);
            // An image may be gone, because its job was deleted meanwhile.
            if (FileLink.TryLink(from, to) || !File.Exists(from)) continue;
            if (!isSpaceChecked && files.Skip(index).Sum(Length) is var needed && freeBytes() is var free && needed > free)
                throw new IOException($"artifacts need {needed} bytes, and only {free} are free");
            isSpaceChecked = true;
            FileLink.LinkOrCopy(from, to);
        }

        return known.Count - files.Count(file => HashOf(file) is not null);
    }

    /// <summary>Gives all files second names in the folder of a database that is about to be replaced, as far as the file system can.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void TryLinkTo(string target)
    {
        foreach (var file in Files)
        {
            var to = Path.Combine(target, file);
            if (File.Exists(to)) continue;
            DurableDirectory.Create(Path.GetDirectoryName(to)!);
            FileLink.TryLink(Path.Combine(root, file), to);
        }
    }

    /// <summary>Takes away the contents that the restored database does not know; the farm would delete them.</summary>
    /// <param name="target">Where they go, unless they have a name there already.</param>
    /// <param name="known">The contents that the restored database knows.</param>
    /// <exception cref="IOException">A file cannot be moved.</exception>
    public void MoveUnknownTo(string target, IReadOnlySet<string> known)
    {
        foreach (var file in Files.Where(file => HashOf(file) is { } sha256 && !known.Contains(sha256)).ToList())
        {
            var (from, to) = (Path.Combine(root, file), Path.Combine(target, file));
            if (File.Exists(to))
            {
                File.Delete(from);
                continue;
            }

            DurableDirectory.Create(Path.GetDirectoryName(to)!);
            File.Move(from, to);
        }
    }

    /// <summary>Adds the files of a backup. Contents that are there stay; images are replaced.</summary>
    /// <param name="backup">The artifacts of the backup.</param>
    /// <exception cref="IOException">A file cannot be copied.</exception>
    public void Add(string backup)
    {
        foreach (var file in new ArtifactTree(backup).Files)
        {
            var (from, to) = (Path.Combine(backup, file), Path.Combine(root, file));
            if (new FileInfo(to) is { Exists: true } there && (HashOf(file) is null || there.Length != new FileInfo(from).Length)) there.Delete();
            FileLink.LinkOrCopy(from, to);
        }
    }

    private static bool IsComplete(string file)
    {
        var parts = file.Split(Path.DirectorySeparatorChar);
        return parts[0] != Incoming && (parts[0] != Content || HashOf(file) is not null) && !file.EndsWith(BackupFolder.Partial, StringComparison.Ordinal);
    }

    /// <summary>The hash of a stored content; null for an image.</summary>
    private static string? HashOf(string file) =>
        file.Split(Path.DirectorySeparatorChar) is [Content, _, var name] && ContentFiles.IsHash(name) ? name : null;

    private long Length(string file) => new FileInfo(Path.Combine(root, file)) is { Exists: true } there ? there.Length : 0;
}
