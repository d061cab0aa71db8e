using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Hosting.Background;

/// <summary>Looks for silent workers and untouched tasks every minute (contracts/flamenco.md section 4.5).</summary>
internal sealed class TimeoutService(Timeouts timeouts, TimeProvider time, ILogger<TimeoutService> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await timeouts.Check();
            }
            catch (FarmError error) when (error.Refusal == Refusal.Unavailable)
            {
                log.LogWarning("Timeouts were not checked, because the disk could not be written; the next check is in a minute");
            }
        }
    }
}
