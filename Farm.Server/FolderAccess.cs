using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Farm.Server;

/// <summary>
/// Files and directories in folders that others may use, such as the shared storage: as open as the folder that they are in, less the mask with which the
/// server was started. In the data directory, that is its account only.
/// </summary>
internal static class FolderAccess
{
    private const UnixFileMode Everyone = Owner
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Creates a directory and its missing parents.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows() || ProcessUmask.OfUser is null)
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) CreateDirectory(parent);
        Directory.CreateDirectory(path);
        Follow(path);
    }

    /// <summary>Creates a file to write asynchronously, in place of what is there.</summary>
    public static SafeFileHandle OpenNew(string path)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        Follow(path);
        return file;
    }

    /// <summary>Gives a new file or directory the access of the folder that it is in.</summary>
    public static void Follow(string path)
    {
        if (OperatingSystem.IsWindows() || ProcessUmask.OfUser is not { } mask) return;
        try
        {
            Follow(path, mask);
        }
        catch (Exception unsupported) when (unsupported is IOException or UnauthorizedAccessException)
        {
            // Some network file systems have no modes; their server decides who may read.
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Follow(string path, UnixFileMode mask)
    {
        var now = File.GetUnixFileMode(path);
        var folder = File.GetUnixFileMode(Path.GetDirectoryName(Path.GetFullPath(path))!) & Everyone;
        var wanted = (folder & ~mask) | Owner;
        if (!Directory.Exists(path)) wanted &= ~Execute;
        // The group of a shared folder is inherited by setgid, which must stay.
        File.SetUnixFileMode(path, (now & ~Everyone) | wanted);
    }
}
