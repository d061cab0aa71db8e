using Farm.Server.Contracts.Flamenco.Domain;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>
/// Removes stored files that no checkout links to and that were not used for a long time (Contracts/Flamenco/Contract.md section 6.5). Safe during
/// uploads and checkouts: keeps files that are pinned, were linked or pinned when the scan began, or were used since.
/// </summary>
internal sealed class ShamanGarbageCollector(
    ShamanStorage storage, ShamanFileStore stored, ShamanSettings settings, TimeProvider time, ILogger<ShamanGarbageCollector> log)
{
    /// <summary>How long unfinished work may stay without a change when it may be that of another manager.</summary>
    public static readonly TimeSpan UnfinishedAge = TimeSpan.FromDays(1);

    /// <summary>The least age with several managers, whose clocks differ.</summary>
    private static readonly TimeSpan LeastSharedAge = TimeSpan.FromHours(1);

    private TimeSpan MaxAge =>
        storage.IsShared && settings.GarbageCollectMaxAge < LeastSharedAge ? LeastSharedAge : settings.GarbageCollectMaxAge;

    /// <summary>Collects once. Removes nothing when a link cannot be read.</summary>
    public void Collect()
    {
        if (storage.IsShared) RemoveUnfinished();
        try
        {
            // A missing checkout directory may mean that the storage is not mounted; then the links are unknown.
            if (!Directory.Exists(storage.Stored) || !Directory.Exists(storage.Checkouts)) return;
            var unusedSince = time.GetUtcNow() - MaxAge;
            var garbage = OlderThan(unusedSince);
            garbage.ExceptWith(stored.Pinned());
            if (garbage.Count > 0) garbage.ExceptWith(CheckoutLinks.In(storage.Checkouts));
            long bytes = 0;
            foreach (var key in garbage) bytes += stored.RemoveUnlessUsedSince(key, unusedSince);
            if (garbage.Count > 0) log.LogInformation("Removed {Files} uploaded files that no job uses: {Bytes} bytes", garbage.Count, bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove unused uploads; trying again later: {Reason}", problem.Message);
        }
    }

    /// <summary>With several managers, finishes the removals of earlier collections.</summary>
    public void FinishRemovals()
    {
        try
        {
            stored.SetAside.Finish();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove unused uploads; trying again later: {Reason}", problem.Message);
        }
    }

    /// <summary>Removes partial uploads and checkouts that a crash left behind; with several managers, only those that did not change for long.</summary>
    public void RemoveUnfinished()
    {
        try
        {
            if (!Directory.Exists(storage.Uploading)) return;
            if (storage.IsShared) RemoveAbandoned();
            else Directory.Delete(storage.Uploading, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot remove interrupted uploads from {Directory}: {Reason}", storage.Uploading, problem.Message);
        }
    }

    private void RemoveAbandoned()
    {
        var before = (time.GetUtcNow() - UnfinishedAge).UtcDateTime;
        foreach (var entry in new DirectoryInfo(storage.Uploading).EnumerateFileSystemInfos().Where(entry => entry.LastWriteTimeUtc < before))
        {
            if (entry is DirectoryInfo directory) directory.Delete(recursive: true);
            else entry.Delete();
        }
    }

    private HashSet<FileKey> OlderThan(DateTimeOffset time)
    {
        var older = new HashSet<FileKey>();
        foreach (var file in new DirectoryInfo(storage.Stored).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.LastWriteTimeUtc < time.UtcDateTime && ShamanStorage.KeyOf(file.FullName) is { } key) older.Add(key);
        }

        return older;
    }
}
