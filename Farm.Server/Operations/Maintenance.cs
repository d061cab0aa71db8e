using Farm.Server.Domain;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Operations;

/// <summary>
/// What the farm does by the clock: signs of life are written each second; timeouts, duties of protocols, sleep schedules, expired sessions and stored files
/// without use are looked at each minute, all stored files each day.
/// </summary>
internal sealed class Maintenance(
    Heartbeats heartbeats, Timeouts timeouts, IEnumerable<IPeriodicDuty> duties, SleepSchedules schedules, Sessions sessions, ContentGarbage garbage,
    TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromDays(1);

    /// <summary>Clears up after a crash before the first request.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        garbage.RemoveUnfinished();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Writes what is left in memory, so that a farm that is stopped in an orderly way loses nothing.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(heartbeats.Flush);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var checkedAt = time.GetUtcNow();
        DateTimeOffset? sweptAt = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Try(heartbeats.Flush);
                if (time.GetUtcNow() - checkedAt < BetweenChecks) continue;
                checkedAt = time.GetUtcNow();
                await Try(timeouts.Check);
                foreach (var duty in duties) await Try(duty.RunAsync);
                await Try(schedules.Check);
                await Try(sessions.RemoveExpired);
                await Try(garbage.Collect);
                if (time.GetUtcNow() - sweptAt < BetweenSweeps) continue;
                sweptAt = time.GetUtcNow();
                await Try(garbage.RemoveForgotten);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>While the disk cannot be written (the store says so in the log) the next tick tries again.</summary>
    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (FarmException error) when (error.Kind == ErrorKind.Unavailable)
        {
        }
    }
}
