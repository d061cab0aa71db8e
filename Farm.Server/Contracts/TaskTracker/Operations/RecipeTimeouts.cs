using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Requeues tasks that workers held too long (Contracts/TaskTracker/Contract.md section 5.5).</summary>
internal sealed class RecipeTimeouts(FarmStore store, TaskRequeue requeue, ProjectSettings settings, ManagerGroup managers, TimeProvider time, ILogger<RecipeTimeouts> log)
    : BackgroundService
{
    private const int TasksPerTransaction = 200;

    /// <summary>The contract requires a check at least this often.</summary>
    private static readonly TimeSpan MaxInterval = TimeSpan.FromMinutes(5);

    /// <summary>Requeues all overdue tasks and returns their number.</summary>
    public async Task<int> CheckAsync()
    {
        var defaultTime = (long)settings.AssignTime.TotalMilliseconds;
        var all = 0;
        for (var taken = TasksPerTransaction; taken == TasksPerTransaction; all += taken)
        {
            if (store.Read(db => RecipeTable.Overdue(db, time.GetUtcNow().ToUnixTimeMilliseconds(), defaultTime, 1)).Count == 0) break;
            taken = await store.WriteAsync(tx =>
            {
                var overdue = RecipeTable.Overdue(tx.Db, tx.Now, defaultTime, TasksPerTransaction);
                foreach (var id in overdue) requeue.One(tx, TaskTable.ById(tx.Db, id)!, TaskCause.Timeout, "The worker held it too long");

                return overdue.Count;
            });
        }

        if (all > 0) log.LogInformation("Requeued {Count} project tasks that workers held too long", all);
        return all;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.ReclaimInterval < MaxInterval ? settings.ReclaimInterval : MaxInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>If the store is unavailable (which it logs), the next tick tries again.</summary>
    private async Task TryAsync()
    {
        try
        {
            if (managers.IsLeader) await CheckAsync();
        }
        catch (FarmException error) when (error.Kind == ErrorKind.Unavailable)
        {
        }
    }
}
