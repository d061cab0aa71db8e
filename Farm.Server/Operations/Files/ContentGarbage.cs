using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;

namespace Farm.Server.Operations.Files;

/// <summary>Removes contents that nothing references any more, and leftovers of crashes.</summary>
internal sealed class ContentGarbage(ContentStore contents, FarmStore store, TimeProvider time, ILogger<ContentGarbage> log)
{
    private const int Portion = 200;

    /// <summary>How long an unreferenced content is kept after its upload, because the reference usually follows the upload.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How long an unfinished upload may stay without a change when other managers may be receiving it.</summary>
    public static readonly TimeSpan UnfinishedAge = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _removing = new(1);

    /// <summary>Removes nothing until the result is disposed; for who reads contents without a row that keeps them.</summary>
    public async Task<IDisposable> PauseAsync()
    {
        await _removing.WaitAsync();
        return new Pause(_removing);
    }

    /// <summary>Removes unfinished uploads of an earlier run. Call it only before the first request.</summary>
    public void RemoveUnfinished() => Try(() =>
    {
        if (!store.IsShared && Directory.Exists(contents.Incoming)) Directory.Delete(contents.Incoming, recursive: true);
    });

    /// <summary>Removes unreferenced contents, unless that is paused.</summary>
    /// <exception cref="FarmException">The database cannot be written.</exception>
    public Task CollectAsync() => UnlessPausedAsync(CollectNowAsync);

    /// <summary>
    /// Removes files without a row, and with several managers unfinished uploads, unless that is paused. Checks every file, so it runs rarely.
    /// </summary>
    public Task RemoveForgottenAsync() => UnlessPausedAsync(RemoveForgottenNowAsync);

    private async Task UnlessPausedAsync(Func<Task> remove)
    {
        if (!_removing.Wait(0)) return;
        try
        {
            await remove();
        }
        finally
        {
            _removing.Release();
        }
    }

    private async Task CollectNowAsync()
    {
        var before = (time.GetUtcNow() - Grace).ToUnixTimeMilliseconds();
        var removed = 0;
        for (var some = Unused(before); some.Count > 0; some = Unused(before))
        {
            foreach (var sha256 in some)
            {
                if (await contents.RemoveUnusedAsync(sha256, before)) removed++;
            }
        }

        if (contents.Shared is { } shared) Try(shared.FinishRemovals);
        if (removed > 0) log.LogInformation("Removed {Files} unreferenced stored files", removed);
    }

    private async Task RemoveForgottenNowAsync()
    {
        if (store.IsShared) Try(RemoveAbandoned);
        var before = (time.GetUtcNow() - Grace).ToUnixTimeMilliseconds();
        var removed = 0;
        foreach (var sha256 in Files())
        {
            if (!store.Read(db => StoredFileTable.Exists(db, sha256)) && await contents.RemoveForgottenAsync(sha256, before)) removed++;
        }

        if (removed > 0) log.LogInformation("Removed {Files} incomplete files of an earlier run", removed);
    }

    private void RemoveAbandoned()
    {
        if (!Directory.Exists(contents.Incoming)) return;
        var before = (time.GetUtcNow() - UnfinishedAge).UtcDateTime;
        foreach (var file in new DirectoryInfo(contents.Incoming).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before)) file.Delete();
    }

    private List<string> Unused(long before) => store.Read(db => StoredFileTable.Unused(db, before, Portion));

    private List<string> Files()
    {
        var found = new List<string>();
        Try(() =>
        {
            if (!Directory.Exists(contents.Root)) return;
            foreach (var file in Directory.EnumerateFiles(contents.Root, "*", SearchOption.AllDirectories))
            {
                if (Path.GetFileName(file) is var name && ContentStore.IsHash(name)) found.Add(name);
            }
        });
        return found;
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("Cannot clean up {Directory}; retrying later: {Reason}", contents.Root, problem.Message);
        }
    }

    private sealed class Pause(SemaphoreSlim removing) : IDisposable
    {
        public void Dispose() => removing.Release();
    }
}
