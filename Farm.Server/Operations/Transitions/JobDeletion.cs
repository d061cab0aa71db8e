using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>Deletes a job slice by slice: first its files and its tasks with their logs and attempts, then the job itself.</summary>
internal sealed class JobDeletion(JobKinds kinds)
{
    /// <summary>Starts the deletion.</summary>
    public void Begin(WriteTransaction tx, Job job)
    {
        kinds.Of(job).DeletionBegins(tx, job);
        JobTable.RequestDeletion(tx.Db, job.Id, tx.Now);
        StageTable.SetHandsOut(tx.Db, job.Id, false);
        JobTable.SetBulkUpdate(tx.Db, job.Id, BulkUpdate.Delete);
        tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
    }

    /// <summary>Removes the next tasks; if none is left, the rest of the job.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="from">The index of the first task that is left.</param>
    public void RunSlice(WriteTransaction tx, Job job, long from)
    {
        if (!tx.Repeat(rows => ArtifactTable.RemoveOfJob(tx.Db, job.Id, rows))) return;
        if (from < job.Tasks.Total)
        {
            JobTable.SetBulkUpdateNext(tx.Db, job.Id, SlicePart.Run(tx, from, job.Tasks.Total, (first, last) => RemoveTasks(tx, job, first, last)));
            tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        }
        else if (tx.Repeat(rows => TaskLogTable.RemoveShared(tx.Db, job.Id, rows)) && tx.Repeat(rows => TaskSliceTable.RemoveCommandLists(tx.Db, job.Id, rows))
            && tx.Repeat(rows => LongTextTable.RemoveOfJob(tx.Db, job.Id, rows)) && tx.Repeat(rows => JobInputTable.RemoveOfJob(tx.Db, job.Id, rows)) && !kinds.Of(job).RemovesJob(tx, job))
        {
            TaskSliceTable.RemoveJob(tx.Db, job.Id);
            tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
        }
    }

    private bool RemoveTasks(WriteTransaction tx, Job job, long from, long to)
    {
        // One task can have any number of these.
        if (!TaskSliceTable.Details.All(table => tx.Repeat(rows => TaskSliceTable.RemoveDetails(tx.Db, table, job.Id, from, to, rows)))) return false;
        if (!tx.Repeat(rows => FailureTable.Forget(tx.Db, job.Id, from, to, rows))) return false;
        foreach (var worker in TaskSliceTable.Holders(tx.Db, job.Id, from, to)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
        kinds.Of(job).RemovesTasks(tx, job, from, to);
        TaskSliceTable.Remove(tx.Db, job.Id, from, to);
        return true;
    }
}
