using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// The only code that changes the status of a job and, as a consequence, of its tasks (Contracts/Flamenco/Contract.md section 4.2). The first slice of
/// tasks changes in the transaction of the request, so that small jobs change immediately; the rest changes slice by slice in the background, with
/// other writes in between.
/// </summary>
internal sealed class JobTransitions(JobKinds kinds, TaskSlices slices, JobDeletion deletion)
{
    /// <summary>Sets the status of a job and starts the resulting change of its tasks.</summary>
    public void Apply(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        // A repeated request must not restart a bulk update that is already running.
        if (job.Status == to && job.BulkUpdate is not null) return;
        SetStatus(tx, job, to, reason);
        if (JobRules.AfterJobChanged(job.Status, to) is { } update) Begin(tx, job with { Status = to }, update);
        else if (job.BulkUpdate is { } current && current.StopsWhen(to)) JobTable.SetBulkUpdate(tx.Db, job.Id, null);
    }

    /// <summary>Sets the status of a job and whether its tasks are handed out, and notifies subscribers.</summary>
    /// <exception cref="Domain.FarmException">The kind of job does not allow this status.</exception>
    public void SetStatus(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        kinds.Of(job).StatusChanges(tx, job, to, reason);
        JobTable.SetStatus(tx.Db, job.Id, to, $"Changed to status \"{to.Name()}\": {reason}", tx.Now);
        if (job.Status.HandsOutTasks() != to.HandsOutTasks()) StageTable.SetHandsOut(tx.Db, job.Id, to.HandsOutTasks());
        tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
    }

    /// <summary>Starts a bulk update, replacing one that is running, and runs its first slice.</summary>
    public void Begin(WriteTransaction tx, Job job, BulkUpdate update)
    {
        if (update.ForgetsFailures()) FailureTable.ClearBlocklist(tx.Db, job.Id);
        JobTable.SetBulkUpdate(tx.Db, job.Id, update);
        RunNextSlice(tx, job with { BulkUpdate = update });
    }

    /// <summary>Runs the next slice of the job's bulk update. Construction runs elsewhere, because it needs the job type.</summary>
    public void RunNextSlice(WriteTransaction tx, Job job)
    {
        if (job.BulkUpdate is not { } update || update == BulkUpdate.Construct) return;
        var from = JobTable.BulkUpdateNext(tx.Db, job.Id);
        if (update == BulkUpdate.Delete)
        {
            deletion.RunSlice(tx, job, from);
            return;
        }

        var next = SlicePart.Run(tx, from, job.Tasks.Total, (first, last) => slices.FollowJob(tx, job, first, last, update));
        if (next < job.Tasks.Total) JobTable.SetBulkUpdateNext(tx.Db, job.Id, next);
        else Finish(tx, job.Id, update);
    }

    private void Finish(WriteTransaction tx, long jobId, BulkUpdate update)
    {
        JobTable.SetBulkUpdate(tx.Db, jobId, null);
        var job = JobTable.ById(tx.Db, jobId)!;
        if (job.Lifecycle.AfterBulkUpdate(update, job.Status, job.Tasks) is { } next && next != job.Status)
            Apply(tx, job, next, $"all tasks followed \"{job.Status.Name()}\"");
    }
}
