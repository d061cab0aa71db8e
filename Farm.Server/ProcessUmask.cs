using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Farm.Server;

/// <summary>
/// The file mode creation mask of this process (umask(2)). A server restricts it, so that everything it writes, also through libraries, is its account's
/// only. What others must read goes through <see cref="FolderAccess"/>, and programs that a worker starts get <see cref="OfUser"/> back.
/// </summary>
internal static class ProcessUmask
{
    private const uint OwnerOnly = 0x3F;

    private static readonly Lock Gate = new();
    private static volatile object? _ofUser;

    /// <summary>Whether the process is Farm's own, as opposed to one that runs its commands among other things and keeps its mask.</summary>
    public static bool IsOwnProcess { get; set; }

    /// <summary>The mask with which the process was started; null if it was not restricted, and so still applies.</summary>
    public static UnixFileMode? OfUser => (UnixFileMode?)_ofUser;

    /// <summary>
    /// From now on, new files and directories are accessible only to their owner. Nothing happens on Windows, or in a process that is not Farm's own.
    /// </summary>
    public static void Restrict()
    {
        if (OperatingSystem.IsWindows() || !IsOwnProcess) return;
        lock (Gate) _ofUser ??= (UnixFileMode)(Umask(OwnerOnly) & 0x1FF);
    }

    /// <summary>The words before a program's, so that it starts with the user's mask; none if the mask was not restricted.</summary>
    public static IReadOnlyList<string> Launcher =>
        OfUser is { } mask ? ["/bin/sh", "-c", "umask \"$0\"; exec \"$@\"", Convert.ToString((int)mask, 8).PadLeft(4, '0')] : [];

    [UnsupportedOSPlatform("windows")]
    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint Umask(uint mask);
}
