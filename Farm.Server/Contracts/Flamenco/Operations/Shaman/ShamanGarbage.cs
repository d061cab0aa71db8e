using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Removes stored files that no checkout links to and nobody asked for in a long time (Contracts/Flamenco/Contract.md section 6.5). Safe while files are
/// uploaded and checked out: what is in a checkout's hands now or was when the look at the links began, and what was asked for since, stays.
/// </summary>
internal sealed class ShamanGarbage(
    ShamanStorage storage, ShamanFileStore stored, ShamanSettings settings, TimeProvider time, ILogger<ShamanGarbage> log)
{
    /// <summary>Collects once. When a link cannot be read nothing is removed.</summary>
    public void Collect()
    {
        try
        {
            // Without the directory of the checkouts nobody knows what they link to: the storage may be half mounted.
            if (!Directory.Exists(storage.Stored) || !Directory.Exists(storage.Checkouts)) return;
            var unusedSince = time.GetUtcNow() - settings.GarbageCollectMaxAge;
            var garbage = OlderThan(unusedSince);
            garbage.ExceptWith(stored.Pinned());
            if (garbage.Count > 0) garbage.ExceptWith(CheckoutLinks.In(storage.Checkouts));
            long bytes = 0;
            foreach (var key in garbage) bytes += stored.RemoveUnlessUsedSince(key, unusedSince);
            if (garbage.Count > 0) log.LogInformation("{Files} uploaded files that no job links to were removed: {Bytes} bytes", garbage.Count, bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Uploaded files that no job links to could not all be looked for; it is tried again later: {Reason}", problem.Message);
        }
    }

    /// <summary>Removes what a crash left half made, and checkouts that were being removed.</summary>
    public void RemoveUnfinished()
    {
        try
        {
            if (Directory.Exists(storage.Uploading)) Directory.Delete(storage.Uploading, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Uploads that a stop of the server cut off stay in {Directory}: {Reason}", storage.Uploading, problem.Message);
        }
    }

    private HashSet<FileKey> OlderThan(DateTimeOffset moment)
    {
        var older = new HashSet<FileKey>();
        foreach (var file in new DirectoryInfo(storage.Stored).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.LastWriteTimeUtc < moment.UtcDateTime && ShamanStorage.KeyOf(file.FullName) is { } key) older.Add(key);
        }

        return older;
    }
}
