using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Turns I/O errors of the shared storage (full, unmounted, no permission) into log entries and errors for clients.</summary>
internal sealed class ShamanStorageGuard(ShamanStorage storage, ILogger<ShamanStorageGuard> log)
{
    /// <summary>Runs work that uses the shared storage.</summary>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="FarmException">The storage is unavailable; the log says why.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is (IOException or UnauthorizedAccessException) and not StorageFullException)
        {
            throw Translate(error);
        }
    }

    /// <inheritdoc cref="GuardAsync{T}"/>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is (IOException or UnauthorizedAccessException) and not StorageFullException)
        {
            throw Translate(error);
        }
    }

    private Exception Translate(Exception error)
    {
        if (error is PathTooLongException) return FarmException.Invalid("a path is too long for the farm's shared storage");
        log.LogError("Shared storage {Directory} is unavailable: {Reason}", storage.Root, error.Message);
        return error is IOException full && StorageFullException.Matches(full)
            ? new StorageFullException("files in the shared storage", full)
            : new FarmException(ErrorKind.Unavailable, "the farm's shared storage is unavailable; see the farm's log", error);
    }
}
