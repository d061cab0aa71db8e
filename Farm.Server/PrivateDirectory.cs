using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace Farm.Server;

/// <summary>Directories with data of the server or the worker, for their account alone (on Windows also for the system and administrators).</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Creates a directory. One that exists is left as it is; missing parents are created as usual.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public static void Create(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent) Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows()) new DirectoryInfo(path).Create(Restricted(new DirectorySecurity()));
        else Directory.CreateDirectory(path, Owner);
    }

    /// <summary>Takes the access of other accounts away from a directory and from what is named in it, links excepted.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="names">What is Farm's in it; patterns of names. Anything else may be somebody's, and is left as it is.</param>
    /// <param name="open">A directory in it that others may pass to if its own access allows that; null for none.</param>
    /// <returns>Whether anything was too open.</returns>
    /// <exception cref="IOException">The access cannot be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The account is not the owner.</exception>
    public static bool Tighten(string path, IEnumerable<string> names, string? open = null) =>
        OperatingSystem.IsWindows() ? TightenOnWindows(path) : TightenOnUnix(path, names, open);

    [UnsupportedOSPlatform("windows")]
    private static bool TightenOnUnix(string path, IEnumerable<string> names, string? open)
    {
        var changed = false;
        var passing = open is not null && Directory.Exists(open) ? File.GetUnixFileMode(open) & Pass : UnixFileMode.None;
        var mode = File.GetUnixFileMode(path);
        // A folder for everyone, such as /tmp, is not Farm's.
        if ((mode & Others & ~passing) != 0 && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            File.SetUnixFileMode(path, (mode & ~Others) | (mode & passing));
            changed = true;
        }

        foreach (var entry in names.SelectMany(new DirectoryInfo(path).EnumerateFileSystemInfos)) changed |= TightenEntry(entry);
        return changed;
    }

    /// <summary>A directory that is closed already closes what is in it.</summary>
    [UnsupportedOSPlatform("windows")]
    private static bool TightenEntry(FileSystemInfo entry)
    {
        try
        {
            if (entry.LinkTarget is not null || (entry.UnixFileMode & Others) == 0) return false;
            entry.UnixFileMode &= ~Others;
            if (entry is not DirectoryInfo directory) return true;
            foreach (var inner in directory.EnumerateFileSystemInfos()) TightenEntry(inner);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // The database's helper files come and go.
            return false;
        }
    }

    [SupportedOSPlatform("windows")]
    private static bool TightenOnWindows(string path)
    {
        var directory = new DirectoryInfo(path);
        var security = directory.GetAccessControl();
        if (security.AreAccessRulesProtected) return false;
        directory.SetAccessControl(Restricted(security));
        return true;
    }

    /// <summary>Nothing is inherited from above; what somebody granted for this directory itself stays.</summary>
    [SupportedOSPlatform("windows")]
    private static DirectorySecurity Restricted(DirectorySecurity security)
    {
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        using var account = WindowsIdentity.GetCurrent();
        IdentityReference?[] all =
        [
            account.User,
            new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null),
        ];
        foreach (var one in all.OfType<IdentityReference>())
        {
            security.AddAccessRule(new FileSystemAccessRule(
                one, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        }

        return security;
    }
}
