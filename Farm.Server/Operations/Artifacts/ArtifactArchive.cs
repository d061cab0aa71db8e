using System.Formats.Tar;
using System.IO.Compression;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Operations.Files;

namespace Farm.Server.Operations.Artifacts;

/// <summary>Packs the files of tasks into a .tar.gz archive.</summary>
internal sealed class ArtifactArchive(ContentStore contents)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the archive: regular files only, in the given order.</summary>
    /// <param name="files">The files and their names in the archive.</param>
    /// <param name="destination">Where to write. The archive is streamed, not buffered.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="Domain.FarmException">A file is missing; the output written so far is not a valid archive.</exception>
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
    /// Unique names for the files of a job: their paths, in one folder per task if several tasks have files.
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
