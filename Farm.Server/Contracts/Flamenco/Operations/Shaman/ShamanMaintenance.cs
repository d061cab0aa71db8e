using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Managers;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Cleans up after a crash before the first request, then collects garbage periodically.</summary>
internal sealed class ShamanMaintenance(ShamanGarbageCollector garbage, ShamanSettings settings, ManagerGroup managers, TimeProvider time)
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
}
