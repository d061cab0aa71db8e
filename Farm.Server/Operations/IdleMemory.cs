using Farm.Server.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations;

/// <summary>
/// Gives memory back to the system once the server is quiet after a lot of work. The runtime collects only when something is allocated, so a quiet
/// server would keep what its last large request took.
/// </summary>
internal sealed class IdleMemory(FarmStore store, TimeProvider time, ILogger<IdleMemory> log) : BackgroundService
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The server is quiet when it allocates less than this between two looks.</summary>
    private const long QuietBytes = 64 * Megabyte;

    /// <summary>It is worth a collection when the process has grown by this since the last one.</summary>
    private const long WorthwhileBytes = 24 * Megabyte;

    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private long _allocated;
    private long _kept;

    /// <summary>Looks once.</summary>
    /// <returns>Whether memory was given back.</returns>
    public async Task<bool> LookAsync()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isQuiet = allocated - _allocated < QuietBytes;
        _allocated = allocated;
        var held = Held();
        if (!isQuiet || held < _kept + WorthwhileBytes) return false;
        await ReleaseCachesAsync();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        _kept = Held();
        log.LogDebug("Memory: {Before} MB before a collection, {After} MB after it", held / Megabyte, _kept / Megabyte);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task ReleaseCachesAsync()
    {
        try
        {
            await store.ReleaseMemoryAsync();
        }
        catch (FarmException)
        {
            // The database cannot be written, which its own log entry says, or the server is stopping.
        }
    }

    /// <summary>What the process occupies, native buffers and garbage included.</summary>
    private static long Held() => Environment.WorkingSet;
}
