using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Takes back tasks of projects that workers have kept for too long (Contracts/TaskTracker/Contract.md section 5.5).</summary>
internal sealed class RecipeTimeouts(FarmStore store, TaskRequeue requeue, ProjectSettings settings, TimeProvider time, ILogger<RecipeTimeouts> log) : BackgroundService
{
    private const int AtOnce = 200;

    /// <summary>The contract asks for a look at least this often.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Takes back all that is overdue; returns how many that were.</summary>
    public async Task<int> CheckAsync()
    {
        var usual = (long)settings.AssignTime.TotalMilliseconds;
        var all = 0;
        for (var taken = AtOnce; taken == AtOnce; all += taken)
        {
            if (store.Read(db => RecipeTable.Overdue(db, time.GetUtcNow().ToUnixTimeMilliseconds(), usual, 1)).Count == 0) break;
            taken = await store.WriteAsync(tx =>
            {
                var overdue = RecipeTable.Overdue(tx.Db, tx.Now, usual, AtOnce);
                foreach (var id in overdue) requeue.One(tx, TaskTable.ById(tx.Db, id)!, TaskCause.Timeout, "The worker kept it for longer than it may");

                return overdue.Count;
            });
        }

        if (all > 0) log.LogInformation("{Count} tasks of projects were taken back from workers that kept them for too long", all);
        return all;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.ReclaimInterval < Longest ? settings.ReclaimInterval : Longest, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>While the disk cannot be written (the store says so in the log) the next tick tries again.</summary>
    private async Task TryAsync()
    {
        try
        {
            await CheckAsync();
        }
        catch (FarmException error) when (error.Kind == ErrorKind.Unavailable)
        {
        }
    }
}
