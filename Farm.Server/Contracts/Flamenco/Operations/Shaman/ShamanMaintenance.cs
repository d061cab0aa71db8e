using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Managers;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Cleans up after a crash before the first request, then collects garbage periodically.</summary>
internal sealed class ShamanMaintenance(
    ShamanStorage storage, ShamanGarbageCollector garbage, ShamanSettings settings, ManagerGroup managers, TimeProvider time)
    : BackgroundService
{
    /// <summary>Short enough for servers that restart daily, but not in the busy first minutes.</summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(49);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Enabled) garbage.RemoveUnfinished();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = settings.GarbageCollectPeriod < MaxDelay ? settings.GarbageCollectPeriod : MaxDelay;
        if (!settings.Enabled || period <= TimeSpan.Zero) return;
        try
        {
            if (storage.IsShared) await CollectSharedAsync(period, stoppingToken);
            for (var wait = period < BeforeFirst ? period : BeforeFirst; ; wait = period)
            {
                await Task.Delay(wait, time, stoppingToken);
                if (managers.IsLeader) await Task.Run(garbage.Collect, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>What another manager began to remove when it died must not be away for long.</summary>
    private async Task CollectSharedAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var tick = period < SetAsideFiles.Delay ? period : SetAsideFiles.Delay;
        for (var due = time.GetUtcNow() + (period < BeforeFirst ? period : BeforeFirst); ;)
        {
            await Task.Delay(tick, time, cancellationToken);
            await Task.Run(garbage.FinishRemovals, cancellationToken);
            if (time.GetUtcNow() < due) continue;
            if (managers.IsLeader) await Task.Run(garbage.Collect, cancellationToken);
            due = time.GetUtcNow() + period;
        }
    }
}
