namespace Farm.Server.Store.Engine;

/// <summary>Ensures that only one server uses a data directory.</summary>
internal static class DirectoryLock
{
    /// <summary>
    /// Creates the directory if needed and locks it. The operating system releases the lock when the process ends, even after a crash.
    /// </summary>
    /// <exception cref="StoreException">Another server holds the lock, or the directory cannot be created.</exception>
    public static FileStream Acquire(DataDirectory directory)
    {
        var parent = Path.GetDirectoryName(directory.Root);
        if (!Directory.Exists(directory.Root) && parent is not null && !Directory.Exists(parent))
        {
            throw new StoreException(
                $"Cannot create the data directory {directory.Root}: {parent} does not exist. Is the disk mounted?");
        }

        try
        {
            PrivateDirectory.Create(directory.Root);
            return PrivateFile.Open(directory.Lock, FileShare.None);
        }
        catch (IOException busy) when (IsHeld(busy))
        {
            throw new StoreException($"Another server is using {directory.Root}; stop it or choose another --data.", busy);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Cannot use the data directory {directory.Root}: {failure.Message}", failure);
        }
    }

    /// <summary>Windows: sharing or lock violation. Linux and macOS: EAGAIN.</summary>
    private static bool IsHeld(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;
}
