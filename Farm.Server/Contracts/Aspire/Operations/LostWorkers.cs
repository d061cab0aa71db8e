using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Takes batches from workers that fell silent, acknowledged ones too (Contracts/Aspire/Contract.md section 5.5).</summary>
internal sealed class LostWorkers(
    FarmStore store, BatchReturns returns, BatchSettings settings, IOptionsMonitor<FarmLimits> limits, Heartbeats heartbeats, TimeProvider time,
    ILogger<LostWorkers> log)
    : IPeriodicDuty
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Checks everything once. Does nothing in the first minutes after a start, so that workers can come back first.</summary>
    public async Task CheckAsync()
    {
        var now = time.GetUtcNow();
        var silence = settings.WorkerTimeout;
        if (silence <= TimeSpan.Zero || now - _started < limits.CurrentValue.TimeoutGrace) return;
        await heartbeats.FlushAsync();
        var since = (now - silence).ToUnixTimeMilliseconds();
        foreach (var worker in store.Read(db => WorkerTable.SilentSince(db, BatchWorkers.Contract, since))) await LoseAsync(worker, silence);
    }

    /// <inheritdoc/>
    Task IPeriodicDuty.RunAsync() => CheckAsync();

    /// <summary>The status comes last: when the farm dies meanwhile, the next check finds the worker again.</summary>
    private async Task LoseAsync(FarmWorker worker, TimeSpan silence)
    {
        var lost = await returns.LoseAsync(worker.Id, settings.RetryLimit, $"Worker {worker.Name} was not heard from for {silence}");
        await store.WriteAsync(tx =>
        {
            WorkerTable.SetStatus(tx.Db, worker.Id, WorkerStatus.Error, request: null, timedOutFrom: worker.Status, tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        });
        log.LogWarning(
            "Worker {Name} ({Address}) was not heard from for {Timeout}; its {Batches} batches go to others. It comes back by itself when it fetches again",
            worker.Name, worker.Address, silence, lost);
    }
}
