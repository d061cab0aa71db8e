using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Farm.Server;

/// <summary>Small files with secrets, of the server and of the worker: written whole or not at all, for their owner alone.</summary>
internal static class PrivateFile
{
    private const int BufferSize = 4096;

    /// <summary>Writes a file, in place of what is there.</summary>
    /// <exception cref="IOException">The disk refuses; the file is what it was before.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written; the file is what it was before.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = OperatingSystem.IsWindows() ? CreateOnWindows(temporary) : CreateOnUnix(temporary))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Opens a file for reading and writing; creates it if it is missing. On Windows, it has the access of its directory.</summary>
    /// <exception cref="IOException">It is in use, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be accessed.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    [UnsupportedOSPlatform("windows")]
    private static FileStream CreateOnUnix(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>Nothing is inherited: a data directory below <c>C:\</c> could be read by every user of the machine otherwise.</summary>
    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        using var account = WindowsIdentity.GetCurrent();
        var owner = account.User ?? throw new UnauthorizedAccessException($"{path} needs an owner, and this account has no id");
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, BufferSize, FileOptions.None, security);
    }
}
