namespace Farm.Server.Operations;

/// <summary>The disk (or the quota) under the data directory is full. What was being written has been removed again.
/// Contracts answer it with 503: it passes when somebody makes room.</summary>
internal sealed class StorageFullException(string what, Exception inner)
    : IOException($"no room left on the disk for {what}", inner)
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether an error of the file system means that there is no room; the framework has no type of its own for it.</summary>
    public static bool IsMeantBy(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : error.HResult is LinuxNoSpace or LinuxQuota;
}
