using System.Collections.Concurrent;
using Farm.Server.Domain;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Writes the tasks of a job. A small job is written in one transaction, a big one in slices with other writes in between; it is under
/// construction until the last slice is on disk.
/// </summary>
internal sealed class JobBuilder(FarmStore store, JobTransitions transitions, FarmEvents events, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, bool> _abandoned = new();

    /// <summary>Writes a new job with all its tasks; completes when everything is on disk. On failure, nothing of the job is kept.</summary>
    /// <param name="row">The job.</param>
    /// <param name="draft">Its tasks.</param>
    /// <param name="action">Recorded with the job; null for a job that nobody submits.</param>
    /// <exception cref="FarmException">The disk cannot be written.</exception>
    public async Task<long> BuildAsync(NewJobRow row, JobDraft draft, AuditedAction? action = null)
    {
        try
        {
            return await BuildAllAsync(row, draft, action);
        }
        catch
        {
            _abandoned.TryAdd(row.Uuid, true);
            // The bulk update service deletes it as soon as the disk can be written.
            events.Publish(new FarmEvent(FarmEventKind.Job, row.Uuid));
            throw;
        }
    }

    /// <summary>Resumes a job whose manager stopped.</summary>
    public async Task ResumeAsync(Guid uuid, JobDraft draft)
    {
        var build = new JobConstruction(transitions);
        // Read after the claim: until then, the other may have written on.
        var job = await store.WriteAsync(tx =>
        {
            if (JobTable.ByUuid(tx.Db, uuid) is not { BulkUpdate: BulkUpdate.Construct } present) return null;
            build.Continue(tx, present);
            build.Claim(tx, store.Manager);
            return present;
        });
        if (job is null) return;
        using var slices = TaskPreparation.Slices(draft, job.Tasks.Total, store.Slice, NewId).GetEnumerator();
        await WriteRestAsync(build, slices);
    }

    /// <summary>
    /// Starts to delete a job whose manager stopped before all of its long texts were written, so that it cannot be resumed. Nobody was told that it
    /// was submitted.
    /// </summary>
    /// <returns>Whether the job is one.</returns>
    public Task<bool> DropIncompleteAsync(Guid uuid) => store.WriteAsync(tx =>
    {
        if (JobTable.ByUuid(tx.Db, uuid) is not { BulkUpdate: BulkUpdate.Construct, Tasks.Total: 0 } job || !LongTextTable.AreInJob(tx.Db, job.Id)) return false;
        Drop(tx, job);
        return true;
    });

    /// <summary>Starts to delete partly written jobs whose submission failed.</summary>
    /// <exception cref="FarmException">The disk still cannot be written.</exception>
    public async Task DropAbandonedAsync()
    {
        foreach (var (uuid, _) in _abandoned)
        {
            await store.WriteAsync(tx =>
            {
                if (JobTable.ByUuid(tx.Db, uuid) is not { BulkUpdate: BulkUpdate.Construct } job || NewJobTable.Builder(tx.Db, job.Id) != store.Manager) return;
                Drop(tx, job);
            });
            _abandoned.TryRemove(uuid, out _);
        }
    }

    private static void Drop(WriteTransaction tx, Job job)
    {
        JobTable.SetBulkUpdate(tx.Db, job.Id, BulkUpdate.Delete);
        // Another manager may lead, and deletes it.
        tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
        AuditLog.Add(tx, AuditVerb.DeleteJob, new AuditTarget("job", job.Uuid, job.Name), after: "its submission failed");
    }

    private async Task<long> BuildAllAsync(NewJobRow row, JobDraft draft, AuditedAction? action)
    {
        using var slices = TaskPreparation.Slices(draft, 0, store.Slice, NewId).GetEnumerator();
        var first = slices.MoveNext() ? slices.Current : [];
        var isAll = !TaskPreparation.IsFull(first, store.Slice);
        var build = new JobConstruction(transitions);
        var (isBegun, isWhole) = await store.WriteAsync(tx =>
        {
            build.Begin(tx, row, draft);
            build.WriteTexts(tx);
            var fits = !build.HasTexts && !JobConstruction.HaveLongCommands(first);
            if (fits) build.WriteSlice(tx, first);
            if (fits && isAll) build.Finish(tx);
            else build.Claim(tx, store.Manager);
            action?.Record(tx);
            tx.Publish(new FarmEvent(FarmEventKind.Job, row.Uuid));
            return (fits, fits && isAll);
        });
        if (isWhole) return build.JobId;
        if (isBegun || (await WriteTextsAsync(build) && await WriteSliceAsync(build, first))) await WriteRestAsync(build, slices);
        return build.JobId;
    }

    private async Task WriteRestAsync(JobConstruction build, IEnumerator<NewTaskRow[]> slices)
    {
        var written = Task.FromResult(true);
        while (slices.MoveNext())
        {
            // Prepares the next slice while this one is being written.
            var slice = slices.Current;
            if (!await written) return;
            written = WriteSliceAsync(build, slice);
        }

        if (await written) await store.WriteAsync(tx => { if (build.IsStillWanted(tx)) build.Finish(tx); });
    }

    /// <summary>Writes tasks, after their long commands. False if the job is no longer wanted.</summary>
    private async Task<bool> WriteSliceAsync(JobConstruction build, NewTaskRow[] slice)
    {
        if (JobConstruction.HaveLongCommands(slice))
        {
            if (!await store.WriteAsync(tx => build.IsStillWanted(tx) && build.WriteCommands(tx, slice)) || !await WriteTextsAsync(build)) return false;
        }

        return await store.WriteAsync(tx => build.IsStillWanted(tx) && build.WriteSlice(tx, slice));
    }

    private async Task<bool> WriteTextsAsync(JobConstruction build)
    {
        while (build.HasTexts)
        {
            if (!await store.WriteAsync(tx => build.IsStillWanted(tx) && build.WriteTexts(tx))) return false;
        }

        return true;
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}
