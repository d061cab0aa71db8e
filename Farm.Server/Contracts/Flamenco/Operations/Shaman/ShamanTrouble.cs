using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Tells trouble with the shared storage (full, unmounted, no rights) from trouble with a client, and says so to both sides.</summary>
internal sealed class ShamanTrouble(ShamanStorage storage, ILogger<ShamanTrouble> log)
{
    /// <summary>Does something with the shared storage.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    /// <exception cref="FarmException">It cannot be used; the log says why.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception trouble) when (trouble is (IOException or UnauthorizedAccessException) and not StorageFullException)
        {
            throw Translate(trouble);
        }
    }

    /// <inheritdoc cref="GuardAsync{T}"/>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception trouble) when (trouble is (IOException or UnauthorizedAccessException) and not StorageFullException)
        {
            throw Translate(trouble);
        }
    }

    private Exception Translate(Exception trouble)
    {
        if (trouble is PathTooLongException) return FarmException.Invalid("a path is too long for the farm's shared storage");
        log.LogError("The shared storage {Directory} cannot be used: {Reason}", storage.Root, trouble.Message);
        return trouble is IOException full && StorageFullException.IsMeantBy(full)
            ? new StorageFullException("files in the shared storage", full)
            : new FarmException(ErrorKind.Unavailable, "the farm's shared storage cannot be used at the moment; the log of the farm says why", trouble);
    }
}
