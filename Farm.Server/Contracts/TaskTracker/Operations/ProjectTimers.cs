using Farm.Server.Domain;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>What happens to projects by the clock: snapshots, and the end of old ones and of old lines of the log.</summary>
internal sealed class ProjectTimers(ProjectSnapshots snapshots, ProjectLog log, ProjectSettings settings, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(49);

    /// <summary>Counts from the start of the farm, not from when the work gets its first thread.</summary>
    private readonly PeriodicTimer _timer = new(settings.SnapshotInterval < LongestDelay ? settings.SnapshotInterval : LongestDelay, time);

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
            // The server stops.
        }
    }

    /// <summary>While the disk cannot be written (the store says so in the log) the next tick tries again.</summary>
    private async Task TickAsync()
    {
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
