using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Runs bulk updates that do not fit into one transaction, slice by slice, and resumes those that a crash interrupted.
/// Must be created before the first request.
/// </summary>
internal sealed class BulkUpdateService(
    FarmStore store, JobSubmitter submitter, JobTransitions transitions, IEnumerable<IJobFiles> files, FarmEvents events, ILogger<BulkUpdateService> log)
    : BackgroundService
{
    /// <summary>Jobs left under construction by an earlier run of the server. Later ones are built by the request that submits them.</summary>
    private readonly Queue<Guid> _unfinished = new(
        store.Read(JobTable.InBulkUpdate).Where(job => job.BulkUpdate == BulkUpdate.Construct).Select(job => job.Uuid));

    /// <summary>Runs until no slice is left.</summary>
    public async Task DrainAsync()
    {
        await submitter.DropAbandonedAsync();
        while (Next() is { } job)
        {
            if (job.BulkUpdate == BulkUpdate.Delete) await RemoveFilesAsync(job.Uuid);
            await store.WriteAsync(tx =>
            {
                if (JobTable.ById(tx.Db, job.Id) is { } present) transitions.RunNextSlice(tx, present);
            });
        }
    }

    /// <summary>Resumes jobs that were under construction when the server stopped.</summary>
    public async Task ResumeConstructionAsync()
    {
        while (_unfinished.TryPeek(out var uuid))
        {
            if (store.Read(db => JobTable.ByUuid(db, uuid)) is { BulkUpdate: BulkUpdate.Construct } job) await submitter.ResumeAsync(job);
            _unfinished.Dequeue();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = events.ListenAsync(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var next = listening.MoveNextAsync();
        try
        {
            do
            {
                await DrainOrWaitAsync(stoppingToken);
                while (await next && listening.Current.Kind is not (FarmEventKind.Job or FarmEventKind.Missed)) next = listening.MoveNextAsync();
                next = listening.MoveNextAsync();
            }
            while (!stoppingToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping; the next start resumes the rest.
        }
    }

    private async Task DrainOrWaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DrainAsync();
            await ResumeConstructionAsync();
            await DrainAsync();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested) return;
            log.LogError("Bulk update failed; retrying in 5 s: {Reason}", failure.Message);
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            events.Publish(new FarmEvent(FarmEventKind.Job));
        }
    }

    private async Task RemoveFilesAsync(Guid job)
    {
        foreach (var owner in files) await owner.RemoveAsync(job);
    }

    private Job? Next() => store.Read(JobTable.InBulkUpdate).Find(job => job.BulkUpdate != BulkUpdate.Construct);
}
