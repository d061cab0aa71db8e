using System.Formats.Tar;
using System.IO.Compression;
using Farm.Server.JobTypes.FlowServ.Templates;

namespace Farm.Server.CommandLine;

/// <summary>Packs a flowServ project folder for the upload.</summary>
internal static class ProjectPacker
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 50 };

    /// <summary>Packs all files of a folder into a temporary .tar.gz, which is deleted when it is closed.</summary>
    /// <exception cref="CommandFailedException">The folder does not exist, or is not a project.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Stream Pack(string folder)
    {
        if (!Directory.Exists(folder)) throw new CommandFailedException($"folder not found: {folder}");
        if (!Manifest.FileNames.Any(name => File.Exists(Path.Combine(folder, name))))
            throw new CommandFailedException($"{folder} is not a workflow: it has none of {string.Join(", ", Manifest.FileNames)}");
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

    /// <summary>Links are packed as the files that they lead to, because the server accepts only files.</summary>
    private static void Add(TarWriter tar, string folder, string path)
    {
        using var content = File.OpenRead(path);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Path.GetRelativePath(folder, path).Replace('\\', '/')) { DataStream = content });
    }
}
