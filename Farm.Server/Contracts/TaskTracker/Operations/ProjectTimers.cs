using Farm.Server.Domain;
using Farm.Server.Operations.Managers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Periodically takes snapshots, and deletes old snapshots and log lines.</summary>
internal sealed class ProjectTimers(ProjectSecrets secrets, ProjectSnapshots snapshots, ProjectLog log, ProjectSettings settings, ManagerGroup managers, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(49);

    /// <summary>Created with the service, so that the interval counts from the start of the farm.</summary>
    private readonly PeriodicTimer _timer = new(settings.SnapshotInterval < MaxDelay ? settings.SnapshotInterval : MaxDelay, time);

    /// <summary>Encrypts what an older version stored, before the first request.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await secrets.SealOldAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken)) await TickAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>If the store is unavailable (which it logs), the next tick tries again.</summary>
    private async Task TickAsync()
    {
        if (!managers.IsLeader) return;
        try
        {
            await snapshots.TakeAsync();
            await snapshots.RemoveOldAsync();
            await log.RemoveOldAsync();
        }
        catch (FarmException error) when (error.Kind == ErrorKind.Unavailable)
        {
        }
    }
}
