using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Farm.Server.Operations.Files;

/// <summary>
/// Flushes the file names in a directory, which flushing a file does not do. On Windows there is nothing to flush, because the file system
/// journals names.
/// </summary>
internal static class DurableDirectory
{
    private const int InvalidArgument = 22;
    private const int NotSupportedOnLinux = 95;
    private const int NotSupportedOnMac = 45;

    /// <summary>Creates a directory and its missing parents; they are on disk when this returns.</summary>
    /// <exception cref="IOException">The directory cannot be created or flushed.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null) Create(parent);
        FolderAccess.CreateDirectory(path);
        if (parent is not null) Flush(parent);
    }

    /// <summary>Waits until the names in a directory are on disk.</summary>
    /// <exception cref="IOException">The flush failed.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var directory = Open(path, 0);
        if (directory < 0) throw Problem(path, Marshal.GetLastPInvokeError());
        try
        {
            // Some network file systems cannot flush directories; they write names through.
            if (Sync(directory) < 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or NotSupportedOnLinux or NotSupportedOnMac) and var error)
                throw Problem(path, error);
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static IOException Problem(string path, int error) =>
        new($"Cannot flush {path} to disk: {new Win32Exception(error).Message}", error);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
