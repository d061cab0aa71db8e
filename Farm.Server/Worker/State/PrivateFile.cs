using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Farm.Server.Worker.State;

/// <summary>Writes a file whole or not at all, readable by its owner only.</summary>
internal static class PrivateFile
{
    /// <exception cref="IOException">The disk refuses; the file is what it was before.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            if (OperatingSystem.IsWindows()) AllowOwnerOnly(temporary);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    [SupportedOSPlatform("windows")]
    private static void AllowOwnerOnly(string path)
    {
        if (WindowsIdentity.GetCurrent().User is not { } owner) return;
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(owner, FileSystemRights.FullControl, AccessControlType.Allow));
        new FileInfo(path).SetAccessControl(security);
    }
}
