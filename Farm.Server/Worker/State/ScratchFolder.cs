using System.Runtime.Versioning;

namespace Farm.Server.Worker.State;

/// <summary>A temporary directory for a command, accessible only to the worker's user. Deleted on disposal.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ScratchFolder(string path) => FullPath = path;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Creates one.</summary>
    /// <param name="scratch">The parent, <see cref="StateDirectory.Scratch"/>.</param>
    /// <exception cref="TaskCommandException">The directory cannot be created.</exception>
    public static ScratchFolder Create(string scratch)
    {
        var path = Path.Combine(scratch, Guid.NewGuid().ToString("N"));
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, Own);
            return new ScratchFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TaskCommandException($"cannot create a working directory: {e.Message}");
        }
    }

    /// <summary>Deletes leftovers of killed workers.</summary>
    public static void RemoveLeftovers(string scratch, ILogger logger)
    {
        if (Directory.Exists(scratch) && Remove(scratch) is { } problem) logger.LogWarning("Cannot delete {Directory}: {Problem}", scratch, problem);
    }

    /// <summary>Deletes the directory. Files in use are left for the next start of the worker.</summary>
    public void Dispose() => Remove(FullPath);

    private static string? Remove(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows()) MakeWritable(path);
            Directory.Delete(path, recursive: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Files in read-only directories cannot be deleted.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void MakeWritable(string path)
    {
        File.SetUnixFileMode(path, Own);
        foreach (var directory in new DirectoryInfo(path).EnumerateDirectories().Where(directory => directory.LinkTarget is null))
            MakeWritable(directory.FullName);
    }
}
