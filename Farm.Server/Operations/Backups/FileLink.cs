using System.Runtime.InteropServices;
using Farm.Server.Operations.Files;

namespace Farm.Server.Operations.Backups;

/// <summary>A second name of a file that never changes, which takes no space; where the file system has no such names, a copy.</summary>
internal static class FileLink
{
    /// <summary>Gives a file a second name; false where the file system cannot.</summary>
    public static bool TryLink(string existing, string created) =>
        (OperatingSystem.IsWindows() ? CreateHardLink(created, existing, 0) : Link(existing, created) == 0);

    /// <summary>Gives a file a second name, or copies it. A file of that name stays. The directory of the name is created.</summary>
    /// <returns>False if the file is gone.</returns>
    /// <exception cref="IOException">It cannot be copied.</exception>
    public static bool LinkOrCopy(string existing, string created)
    {
        if (File.Exists(created)) return true;
        DurableDirectory.Create(Path.GetDirectoryName(created)!);
        if (TryLink(existing, created)) return true;
        var partial = created + BackupFolder.Partial;
        try
        {
            File.Copy(existing, partial, overwrite: true);
            File.Move(partial, created);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string created);

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, CharSet = CharSet.Unicode)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string created, string existing, nint security);
}
