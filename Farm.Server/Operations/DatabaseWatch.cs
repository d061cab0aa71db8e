using Farm.Server.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Operations;

/// <summary>
/// Looks every <see cref="Interval"/> whether the database file is still in its place, also when nothing is written, so that the log says at once that it
/// was moved, replaced or deleted. A transaction that changes nothing writes nothing to the disk.
/// </summary>
internal sealed class DatabaseWatch(FarmStore store, TimeProvider time) : BackgroundService
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Looks once; the store logs what it finds.</summary>
    public async Task LookAsync()
    {
        try
        {
            await store.WriteAsync(static _ => { });
        }
        catch (FarmException unavailable) when (unavailable.Kind == ErrorKind.Unavailable)
        {
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await LookAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }
}
