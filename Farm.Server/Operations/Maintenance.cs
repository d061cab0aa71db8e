using Farm.Server.Domain;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Operations;

/// <summary>
/// Periodic work: writes heartbeats and counted refusals every second, and uses of tokens and sessions every minute; checks timeouts, duties of protocols, sleep schedules, expired sessions and unreferenced stored files
/// every minute, and all stored files every day. Of several managers, the leader does the checks.
/// </summary>
internal sealed class Maintenance(
    Heartbeats heartbeats, AuditLog audit, Tokens tokens, Timeouts timeouts, IEnumerable<IPeriodicDuty> duties, SleepSchedules schedules, Sessions sessions, ContentGarbage garbage,
    ManagerGroup managers, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromDays(1);

    /// <summary>Cleans up after a crash, before the first request.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        garbage.RemoveUnfinished();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Writes pending heartbeats and counted refusals, so that a normal stop loses nothing.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(heartbeats.FlushAsync);
        await TryAsync(audit.FlushAllAsync);
        await TryAsync(tokens.WriteUsesAsync);
        await TryAsync(sessions.WriteUsesAsync);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        // Not the time of day: a clock that was set back would stop all of this until it is as late again.
        var checkedAt = time.GetTimestamp();
        var usesWrittenAt = checkedAt;
        long? sweptAt = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(heartbeats.FlushAsync);
                await TryAsync(audit.FlushAsync);
                if (time.GetElapsedTime(usesWrittenAt) >= BetweenChecks)
                {
                    usesWrittenAt = time.GetTimestamp();
                    await TryAsync(tokens.WriteUsesAsync);
                    await TryAsync(sessions.WriteUsesAsync);
                }

                if (time.GetElapsedTime(checkedAt) < BetweenChecks || !managers.IsLeader) continue;
                checkedAt = time.GetTimestamp();
                await TryAsync(timeouts.CheckAsync);
                foreach (var duty in duties) await TryAsync(duty.RunAsync);
                await TryAsync(schedules.CheckAsync);
                await TryAsync(sessions.RemoveExpiredAsync);
                await TryAsync(garbage.CollectAsync);
                if (sweptAt is { } swept && time.GetElapsedTime(swept) < BetweenSweeps) continue;
                sweptAt = time.GetTimestamp();
                await TryAsync(garbage.RemoveForgottenAsync);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>If the disk cannot be written, which the store logs, the next tick retries.</summary>
    private static async Task TryAsync(Func<Task> work)
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
