using System.Formats.Tar;
using System.IO.Compression;
using Farm.Server.JobTypes.FlowServ.Templates;

namespace Farm.Server.CommandLine;

/// <summary>Packs a project folder for the way to the server.</summary>
internal static class ProjectPacker
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 50 };

    /// <summary>A .tar.gz of all files of a folder, in a file that is gone when it is closed.</summary>
    /// <exception cref="CommandFailedException">There is no such folder, or it is no project.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Stream Pack(string folder)
    {
        if (!Directory.Exists(folder)) throw new CommandFailedException($"there is no folder {folder}");
        if (!Manifest.FileNames.Any(name => File.Exists(Path.Combine(folder, name))))
            throw new CommandFailedException($"{folder} is no workflow: it has none of {string.Join(", ", Manifest.FileNames)}");
        var archive = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose);
        try
        {
            using (var packed = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
            using (var tar = new TarWriter(packed, leaveOpen: true))
            {
                foreach (var path in Directory.EnumerateFiles(folder, "*", Everything).Order(StringComparer.Ordinal)) Add(tar, folder, path);
            }

            archive.Position = 0;
            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The content, also of what is a link: the server takes files only.</summary>
    private static void Add(TarWriter tar, string folder, string path)
    {
        using var content = File.OpenRead(path);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Path.GetRelativePath(folder, path).Replace('\\', '/')) { DataStream = content });
    }
}
