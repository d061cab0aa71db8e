using Farm.Server.Domain;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Hosting.Background;

/// <summary>Writes the gathered signs of life once a second, and a last time when the server stops.</summary>
internal sealed class HeartbeatService(Heartbeats heartbeats, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Flush();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Flush();
    }

    private async Task Flush()
    {
        try
        {
            await heartbeats.Flush();
        }
        catch (FarmError error) when (error.Refusal == Refusal.Unavailable)
        {
            // The store has logged it; the signs of life are kept for the next second.
        }
    }
}
