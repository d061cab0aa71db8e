using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Requeues the batches of silent workers, including acknowledged ones (Contracts/Aspire/Contract.md section 5.5).</summary>
internal sealed class LostWorkers(
    FarmStore store, BatchRequeue requeue, BatchSettings settings, Heartbeats heartbeats, ManagerGroup managers,
    TimeProvider time, ILogger<LostWorkers> log)
    : IPeriodicDuty
{
    /// <summary>Checks all workers once. Silence counts from the start of this manager, so that workers can reconnect.</summary>
    public async Task CheckAsync()
    {
        var now = time.GetUtcNow();
        var silence = settings.WorkerTimeout;
        if (silence <= TimeSpan.Zero || managers.SteadyFor < silence) return;
        await heartbeats.FlushAsync();
        var since = (now - silence).ToUnixTimeMilliseconds();
        foreach (var worker in store.Read(db => WorkerTable.SilentSince(db, BatchWorkers.Contract, since, now.ToUnixTimeMilliseconds()))) await LoseAsync(worker, silence);
    }

    /// <inheritdoc/>
    Task IPeriodicDuty.RunAsync() => CheckAsync();

    /// <summary>Sets the status last: after a crash in between, the next check finds the worker again.</summary>
    private async Task LoseAsync(FarmWorker worker, TimeSpan silence)
    {
        var lost = await requeue.LoseAsync(worker.Id, settings.RetryLimit, $"Worker {worker.Name} was silent for {silence}");
        await store.WriteAsync(tx =>
        {
            WorkerTable.SetStatus(tx.Db, worker.Id, WorkerStatus.Error, request: null, timedOutFrom: worker.Status, tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        });
        log.LogWarning(
            "Worker {Name} ({Address}) was silent for {Timeout}; requeued its {Batches} batches. It is online again at its next fetch",
            worker.Name, worker.Address, silence, lost);
    }
}
