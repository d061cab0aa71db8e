using System.Runtime.Versioning;

namespace Farm.Server.Worker.State;

/// <summary>A directory that a command works in: made empty, for this worker's user alone, and removed with all that is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ScratchFolder(string path) => FullPath = path;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Makes one.</summary>
    /// <param name="scratch">Where: <see cref="StateDirectory.Scratch"/>.</param>
    /// <exception cref="CommandFailedException">It cannot be made.</exception>
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
            throw new CommandFailedException($"no directory to work in can be made: {e.Message}");
        }
    }

    /// <summary>Removes what workers left that were killed.</summary>
    public static void RemoveLeftovers(string scratch, ILogger logger)
    {
        if (Directory.Exists(scratch) && Remove(scratch) is { } problem) logger.LogWarning("{Directory} cannot be removed: {Problem}", scratch, problem);
    }

    /// <summary>Removes it. What a program that outlived its task still holds is left for the next start of the worker.</summary>
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

    /// <summary>Directories that a program made read-only would keep what is in them.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void MakeWritable(string path)
    {
        File.SetUnixFileMode(path, Own);
        foreach (var directory in new DirectoryInfo(path).EnumerateDirectories().Where(directory => directory.LinkTarget is null))
            MakeWritable(directory.FullName);
    }
}
