using System.Formats.Tar;
using System.IO.Compression;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Files;

namespace Farm.Server.Operations.Artifacts;

/// <summary>Packs files that tasks produced into one that every system can open: a tar, compressed with gzip.</summary>
internal sealed class ArtifactArchive(ContentStore contents)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the archive: regular files only, in the given order.</summary>
    /// <param name="files">The names in the archive, and the files.</param>
    /// <param name="destination">Where it is written; nothing of it is kept in memory.</param>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    /// <exception cref="Domain.FarmException">A file is gone; what was written is no archive.</exception>
    public async Task WriteAsync(IEnumerable<(string Name, Artifact File)> files, Stream destination, CancellationToken cancellationToken)
    {
        await using var compressed = new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(compressed, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (name, file) in files)
        {
            await using var content = contents.Open(file.Sha256);
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = content,
                    Mode = Mode,
                    ModificationTime = DateTimeOffset.FromUnixTimeMilliseconds(file.CreatedAt),
                },
                cancellationToken);
        }
    }

    /// <summary>
    /// The names that the files of a job get: their paths, below a folder for each task when several tasks produced some. No two are equal.
    /// </summary>
    public static IEnumerable<(string Name, Artifact File)> Named(IReadOnlyList<Artifact> files)
    {
        if (files.All(file => file.Task == files[0].Task)) return files.Select(file => (file.Path, file));
        var folders = new Dictionary<Guid, string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return files.Select(file =>
        {
            if (!folders.TryGetValue(file.Task, out var folder)) folders.Add(file.Task, folder = Folder(file, taken));
            return ($"{folder}/{file.Path}", file);
        });
    }

    private static string Folder(Artifact file, HashSet<string> taken)
    {
        var isName = SafePath.WhyNotAllowed(file.TaskName) is null && !file.TaskName.Contains('/');
        var name = isName ? file.TaskName : "task";
        return isName && taken.Add(name) ? name : $"{name}-{file.TaskIndex}";
    }
}
