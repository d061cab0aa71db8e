using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Jobs;

/// <summary>
/// Changes of many tasks of one job. The first slice runs in the transaction that asks for the change, so that small jobs change at once;
/// what is left is worked off slice by slice by <see cref="BulkUpdateService"/>, with other writers in between.
/// </summary>
internal static class BulkUpdates
{
    /// <summary>Begins a change, in place of one that may be under way, and runs its first slice.</summary>
    public static void Begin(WriteTransaction tx, Job job, BulkUpdate change)
    {
        if (change is BulkUpdate.RequeueAll or BulkUpdate.RequeueUnfinished) FailureTable.ForgetJob(tx.Db, job.Id);
        JobTable.SetBulkUpdate(tx.Db, job.Id, change);
        RunNextSlice(tx, job with { BulkUpdate = change });
    }

    /// <summary>Runs one slice of the change that a job is in. Construction is not done here: it needs the job type.</summary>
    public static void RunNextSlice(WriteTransaction tx, Job job)
    {
        if (job.BulkUpdate is not { } change || change == BulkUpdate.Construct) return;
        var from = JobTable.BulkUpdateNext(tx.Db, job.Id);
        var to = from + tx.Slice - 1;
        var total = job.Tasks.Total;
        if (change == BulkUpdate.Delete)
        {
            JobDeletion.RunSlice(tx, job, from, to);
            return;
        }

        if (from < total) ChangeSlice(tx, job, from, to, status => change.TaskBecomes(status), $"Job is {job.Status.Name()}");
        if (to + 1 < total) JobTable.SetBulkUpdateNext(tx.Db, job.Id, to + 1);
        else Finish(tx, job.Id, change);
    }

    /// <summary>Changes the tasks in a range of places, with all their counters; the status of the job is left to the caller.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="from">The first place.</param>
    /// <param name="to">The last place.</param>
    /// <param name="rule">What a task becomes by its status; null when it is left alone. What it names must itself be left alone.</param>
    /// <param name="activity">What people read beside the changed tasks.</param>
    public static void ChangeSlice(WriteTransaction tx, Job job, long from, long to, Func<TaskStatus, TaskStatus?> rule, string activity)
    {
        var groups = TaskSliceTable.Groups(tx.Db, job.Id, from, to);
        var returns = job.StaysOpen ? RecipeReturns.OfSlice(tx, job.Id, from, to, groups.Select(group => group.Status).Distinct(), rule) : [];
        foreach (var group in groups)
        {
            if (rule(group.Status) is not { } becomes) continue;
            if (group.Status == TaskStatus.Active)
            {
                PublishHolders(tx, job.Id, from, to);
                TaskSliceTable.EndAttempts(tx.Db, job.Id, from, to, tx.Now);
            }

            if (group.Status is TaskStatus.Active or TaskStatus.Completed) ArtifactTable.RemoveOfTasks(tx.Db, job.Id, from, to, group.Status);
            TaskSliceTable.Change(tx.Db, job.Id, from, to, group.Status, becomes, activity, tx.Now);
            StageTable.Count(
                tx.Db, group.StageId,
                ready: group.Tasks * ((becomes.IsReady() ? 1 : 0) - (group.Status.IsReady() ? 1 : 0)),
                incomplete: group.Tasks * ((becomes == TaskStatus.Completed ? 0 : 1) - (group.Status == TaskStatus.Completed ? 0 : 1)));
            JobTable.Moved(tx.Db, job.Id, group.Status, becomes, group.Tasks, StepsAfter(becomes, group) - group.Steps, tx.Now);
        }

        foreach (var back in returns) RecipeReturns.Follow(tx, job.Id, back);
        tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
    }

    private static long StepsAfter(TaskStatus becomes, TaskSliceTable.Group group) => becomes switch
    {
        TaskStatus.Queued or TaskStatus.Paused or TaskStatus.Pended => 0,
        TaskStatus.Completed => group.StepsTotal,
        _ => group.Steps,
    };

    /// <summary>Tells that the workers which hold tasks in a range of places are about to lose them.</summary>
    public static void PublishHolders(WriteTransaction tx, long jobId, long from, long to)
    {
        foreach (var worker in TaskSliceTable.Holders(tx.Db, jobId, from, to)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    }

    private static void Finish(WriteTransaction tx, long jobId, BulkUpdate change)
    {
        JobTable.SetBulkUpdate(tx.Db, jobId, null);
        var job = JobTable.ById(tx.Db, jobId)!;
        var follows = job.StaysOpen
            ? OpenJobRules.AfterBulkUpdate(change, job.Status, job.Tasks)
            : JobRules.AfterBulkUpdate(change, job.Status, job.Tasks);
        if (follows is { } next && next != job.Status)
            JobTransitions.Apply(tx, job, next, $"all tasks followed \"{job.Status.Name()}\"");
    }
}
