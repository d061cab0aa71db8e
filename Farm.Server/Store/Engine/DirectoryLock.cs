namespace Farm.Server.Store.Engine;

/// <summary>Sees to it that one server at a time uses a data directory.</summary>
internal static class DirectoryLock
{
    /// <summary>Makes the directory where needed and takes its lock, which the system gives back when the process ends, however it ends.</summary>
    /// <exception cref="StoreException">Another server has it, or the directory cannot be made.</exception>
    public static FileStream Take(DataDirectory directory)
    {
        var parent = Path.GetDirectoryName(directory.Root);
        if (!Directory.Exists(directory.Root) && parent is not null && !Directory.Exists(parent))
        {
            throw new StoreException(
                $"The data directory {directory.Root} cannot be made, because {parent} does not exist; is a disk not mounted?");
        }

        try
        {
            Directory.CreateDirectory(directory.Root);
            return new FileStream(directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (IsHeld(busy))
        {
            throw new StoreException($"Another farm is running on {directory.Root}: stop it, or choose another --data.", busy);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data directory {directory.Root} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>The codes of Windows for a file in use and a locked part, and of Linux and macOS for a lock that would have to be waited for.</summary>
    private static bool IsHeld(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;
}
