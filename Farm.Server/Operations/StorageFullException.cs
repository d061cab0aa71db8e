namespace Farm.Server.Operations;

/// <summary>The disk (or the quota) under the data directory is full. The incomplete file has been removed.
/// Protocols answer with 503, because the problem ends when space is freed.</summary>
internal sealed class StorageFullException(string what, Exception inner)
    : IOException($"no space left on the disk for {what}", inner)
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether a file system error means that the disk is full; the framework has no exception type for this.</summary>
    public static bool Matches(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : error.HResult is LinuxNoSpace or LinuxQuota;
}
