using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Works off the changes of many tasks that did not fit into one transaction, a slice at a time, and goes on with those that
/// a crash interrupted.
/// </summary>
internal sealed class MassChangeService(FarmStore store, JobSubmitter submitter, FarmEvents events, ILogger<MassChangeService> log) : BackgroundService
{
    /// <summary>Called with the UUID of each job that is being removed, so that its files go first; maybe more than once.</summary>
    public Func<Guid, Task>? RemovingJob { get; set; }

    /// <summary>Works until nothing is left to do.</summary>
    public async Task WorkOff()
    {
        while (Next() is { } job)
        {
            if (job.MassChange == MassChange.Delete && RemovingJob is { } removing) await removing(job.Uuid);
            await store.Write(tx =>
            {
                if (JobRows.ById(tx.Db, job.Id) is { } present) MassChangeWork.Advance(tx, present);
            });
        }
    }

    /// <summary>Goes on with jobs that were under construction when the server stopped.</summary>
    public async Task ResumeConstruction()
    {
        foreach (var job in store.Read(JobRows.InMassChange).Where(job => job.MassChange == MassChange.Construct)) await submitter.Resume(job);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = events.Listen(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var next = listening.MoveNextAsync();
        await ResumeConstruction();
        try
        {
            do
            {
                await WorkOffOrWait(stoppingToken);
                while (await next && listening.Current.Kind != FarmEventKind.Job) next = listening.MoveNextAsync();
                next = listening.MoveNextAsync();
            }
            while (!stoppingToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what is left is done after the next start.
        }
    }

    private async Task WorkOffOrWait(CancellationToken stopping)
    {
        try
        {
            await WorkOff();
        }
        catch (FarmError error) when (error.Refusal == Refusal.Unavailable)
        {
            log.LogWarning("A change of many tasks waits until the disk can be written again");
            await Task.Delay(TimeSpan.FromSeconds(5), stopping);
            events.Publish(new FarmEvent(FarmEventKind.Job));
        }
    }

    private Job? Next() => store.Read(JobRows.InMassChange).Find(job => job.MassChange != MassChange.Construct);
}
