using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Farm.Server.Operations.Files;

/// <summary>
/// Sees to it that the names in a directory are on disk: to flush a file does not flush its name. On Windows names are journalled by the
/// file system and there is nothing to flush.
/// </summary>
internal static class DurableDirectory
{
    private const int InvalidArgument = 22;
    private const int NotSupportedOnLinux = 95;
    private const int NotSupportedOnMac = 45;

    /// <summary>Makes a directory and those above it where they are missing; those that were made are on disk afterwards.</summary>
    /// <exception cref="IOException">It cannot be made or flushed.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null) Create(parent);
        Directory.CreateDirectory(path);
        if (parent is not null) Flush(parent);
    }

    /// <summary>Waits until the names in a directory are on disk.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var directory = Open(path, 0);
        if (directory < 0) throw Problem(path, Marshal.GetLastPInvokeError());
        try
        {
            // Some network file systems have no such thing for directories and write names through.
            if (Sync(directory) < 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or NotSupportedOnLinux or NotSupportedOnMac) and var error)
                throw Problem(path, error);
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static IOException Problem(string path, int error) =>
        new($"{path} could not be flushed to disk: {new Win32Exception(error).Message}", error);

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
