using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Flamenco.Operations.Shaman;

/// <summary>Clears up after a crash before the first request, then collects garbage by the clock.</summary>
internal sealed class ShamanMaintenance(ShamanGarbage garbage, ShamanSettings settings, TimeProvider time) : BackgroundService
{
    /// <summary>A server that is restarted each day collects too; and its first minutes are for those who wait for it.</summary>
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(49);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Enabled) garbage.RemoveUnfinished();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = settings.GarbageCollectPeriod < LongestDelay ? settings.GarbageCollectPeriod : LongestDelay;
        if (!settings.Enabled || period <= TimeSpan.Zero) return;
        try
        {
            for (var wait = period < BeforeFirst ? period : BeforeFirst; ; wait = period)
            {
                await Task.Delay(wait, time, stoppingToken);
                await Task.Run(garbage.Collect, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
