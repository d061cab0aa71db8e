using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Writes the tasks of a job. A small job is written in one transaction; a big one in slices, under construction until the last is on disk,
/// with other writers in between.
/// </summary>
internal sealed class JobBuilder(FarmStore store, TimeProvider time)
{
    /// <summary>Writes a new job with all its tasks; answers when everything is on disk.</summary>
    public async Task<long> Build(NewJobRow row, JobDraft draft)
    {
        using var slices = TaskPreparation.Slices(draft, 0, NewId).GetEnumerator();
        var first = slices.MoveNext() ? slices.Current : [];
        var isWhole = first.Length < MassChangeWork.SliceSize;
        var build = new JobConstruction();
        await store.Write(tx =>
        {
            build.Begin(tx, row, draft);
            build.WriteSlice(tx, first);
            if (isWhole) build.Finish(tx);
            tx.Publish(new FarmEvent(FarmEventKind.Job, row.Uuid));
        });
        if (!isWhole) await WriteRest(build, slices);
        return build.JobId;
    }

    /// <summary>Goes on with a job that was under construction when the server stopped.</summary>
    public async Task Resume(Job job, JobDraft draft)
    {
        var written = job.Tasks.Total;
        using var slices = TaskPreparation.Slices(draft, written, NewId).GetEnumerator();
        var build = new JobConstruction();
        await store.Write(tx => build.Continue(tx, job));
        await WriteRest(build, slices);
    }

    private async Task WriteRest(JobConstruction build, IEnumerator<NewTaskRow[]> slices)
    {
        var written = Task.FromResult(true);
        while (slices.MoveNext())
        {
            // The next slice is prepared while the writer has this one.
            var slice = slices.Current;
            if (!await written) return;
            written = store.Write(tx => build.IsStillWanted(tx) && build.WriteSlice(tx, slice));
        }

        if (await written) await store.Write(tx => { if (build.IsStillWanted(tx)) build.Finish(tx); });
    }

    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}
