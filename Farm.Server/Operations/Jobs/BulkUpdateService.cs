using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Runs bulk updates that do not fit into one transaction, slice by slice, and resumes those that a crash interrupted. Of several managers, the
/// leader does.
/// </summary>
internal sealed class BulkUpdateService(
    FarmStore store, JobSubmitter submitter, JobTransitions transitions, IEnumerable<IJobFiles> files, ManagerGroup managers, FarmEvents events,
    ILogger<BulkUpdateService> log)
    : BackgroundService
{
    /// <summary>Runs until no slice is left.</summary>
    public async Task DrainAsync()
    {
        while (Next() is { } job)
        {
            if (job.BulkUpdate == BulkUpdate.Delete) await RemoveFilesAsync(job.Uuid);
            await store.WriteAsync(tx =>
            {
                if (JobTable.ById(tx.Db, job.Id) is { } present) transitions.RunNextSlice(tx, present);
            });
        }
    }

    /// <summary>Resumes jobs under construction whose manager stopped. Others are built by the request that submits them.</summary>
    public async Task ResumeConstructionAsync()
    {
        foreach (var job in store.Read(JobTable.InBulkUpdate).Where(job => job.BulkUpdate == BulkUpdate.Construct))
        {
            if (store.Read(db => NewJobTable.Builder(db, job.Id)) is not { } builder || managers.IsGone(builder)) await submitter.ResumeAsync(job);
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
                while (await next && listening.Current.Kind is not (FarmEventKind.Job or FarmEventKind.Managers or FarmEventKind.Missed)) next = listening.MoveNextAsync();
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
            await submitter.DropAbandonedAsync();
            if (!managers.IsLeader) return;
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
