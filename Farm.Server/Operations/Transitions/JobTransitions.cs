using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// The one way by which the status of a job changes, and what follows for its tasks (Contracts/Flamenco/Contract.md section 4.2). When these are too many
/// for one transaction, the first slice runs in the one that asks for the change, so that small jobs change at once; what is left is run slice by slice in
/// the background, with other writers in between.
/// </summary>
internal sealed class JobTransitions(JobKinds kinds, TaskSlices slices, JobDeletion deletion)
{
    /// <summary>Sets the status of a job and begins the change of its tasks that goes with it.</summary>
    public void Apply(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        // Asking again for what is under way must not start it over: half of the tasks are through already.
        if (job.Status == to && job.BulkUpdate is not null) return;
        SetStatus(tx, job, to, reason);
        if (JobRules.AfterJobChanged(job.Status, to) is { } update) Begin(tx, job with { Status = to }, update);
        else if (job.BulkUpdate is { } current && current.StopsWhen(to)) JobTable.SetBulkUpdate(tx.Db, job.Id, null);
    }

    /// <summary>Sets the status of a job, whether its tasks are handed out, and tells who listens.</summary>
    /// <exception cref="Domain.FarmException">The kind of job does not take it.</exception>
    public void SetStatus(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        kinds.Of(job).StatusChanges(tx, job, to, reason);
        JobTable.SetStatus(tx.Db, job.Id, to, $"Changed to status \"{to.Name()}\": {reason}", tx.Now);
        if (job.Status.HandsOutTasks() != to.HandsOutTasks()) StageTable.SetHandsOut(tx.Db, job.Id, to.HandsOutTasks());
        tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
    }

    /// <summary>Begins a change of all tasks, in place of one that may be under way, and runs its first slice.</summary>
    public void Begin(WriteTransaction tx, Job job, BulkUpdate update)
    {
        if (update.ForgetsFailures()) FailureTable.ForgetJob(tx.Db, job.Id);
        JobTable.SetBulkUpdate(tx.Db, job.Id, update);
        RunNextSlice(tx, job with { BulkUpdate = update });
    }

    /// <summary>Runs one slice of the change that a job is in. Construction is not done here: it needs the job type.</summary>
    public void RunNextSlice(WriteTransaction tx, Job job)
    {
        if (job.BulkUpdate is not { } update || update == BulkUpdate.Construct) return;
        var from = JobTable.BulkUpdateNext(tx.Db, job.Id);
        var to = from + tx.Slice - 1;
        if (update == BulkUpdate.Delete)
        {
            deletion.RunSlice(tx, job, from, to);
            return;
        }

        if (from < job.Tasks.Total) slices.FollowJob(tx, job, from, to, update);
        if (to + 1 < job.Tasks.Total) JobTable.SetBulkUpdateNext(tx.Db, job.Id, to + 1);
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
