using System.Runtime.Versioning;

namespace Farm.Tests.Support;

/// <summary>Which accounts may use files.</summary>
[UnsupportedOSPlatform("windows")]
internal static class FileAccessOf
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>A directory and everything in it that others may use in any way.</summary>
    public static List<string> Open(string directory) =>
    [
        .. Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Prepend(directory)
            .Where(path => (File.GetUnixFileMode(path) & Others) != 0).Select(path => $"{path} {File.GetUnixFileMode(path)}").Order(),
    ];

    /// <summary>Opens a directory and everything in it to others, as an older version left it.</summary>
    public static void OpenAll(string directory)
    {
        foreach (var path in Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Prepend(directory))
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead | UnixFileMode.OtherRead | (Directory.Exists(path) ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0));
    }

    /// <summary>The mode of a new file (0666) or directory (0777) of an account with the umask of this process.</summary>
    public static UnixFileMode Usual(UnixFileMode asked) => asked & ~Umask;

    private static UnixFileMode Umask => (UnixFileMode)Convert.ToInt32(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Umask:")).Split(':')[1].Trim(), 8);
}
