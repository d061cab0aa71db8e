using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>The one way by which the status of a job changes, and what follows for its tasks (Contracts/Flamenco/Contract.md section 4.2).</summary>
internal static class JobTransitions
{
    /// <summary>Sets the status of a job and begins the change of its tasks that goes with it.</summary>
    public static void Apply(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        // Asking again for what is under way must not start it over: half of the tasks are through already.
        if (job.Status == to && job.BulkUpdate is not null) return;
        SetStatus(tx, job, to, reason);
        if (JobRules.AfterJobChanged(job.Status, to) is { } change) BulkUpdates.Begin(tx, job with { Status = to }, change);
    }

    /// <summary>Sets the status of a job, whether its tasks are handed out, and tells who listens.</summary>
    /// <exception cref="Domain.FarmException">It is the job of a run that is over (conflict).</exception>
    public static void SetStatus(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        RunEnding.Follow(tx, job, to, reason);
        JobTable.SetStatus(tx.Db, job.Id, to, $"Changed to status \"{to.Name()}\": {reason}", tx.Now);
        if (job.Status.HandsOutTasks() != to.HandsOutTasks()) StageTable.SetHandsOut(tx.Db, job.Id, to.HandsOutTasks());
        tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
    }
}
