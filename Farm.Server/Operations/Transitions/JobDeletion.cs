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

    /// <summary>Removes the tasks in a range of indexes; if none is left, the rest of the job.</summary>
    public void RunSlice(WriteTransaction tx, Job job, long from, long to)
    {
        if (ArtifactTable.RemoveOfJob(tx.Db, job.Id, tx.Slice)) return;
        if (from < job.Tasks.Total)
        {
            foreach (var worker in TaskSliceTable.Holders(tx.Db, job.Id, from, to)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
            kinds.Of(job).RemovesTasks(tx, job, from, to);
            TaskSliceTable.Remove(tx.Db, job.Id, from, to);
            JobTable.SetBulkUpdateNext(tx.Db, job.Id, to + 1);
            tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        }
        else if (!TaskLogTable.RemoveShared(tx.Db, job.Id, tx.Slice) && !TaskSliceTable.RemoveCommandLists(tx.Db, job.Id, tx.Slice)
            && !JobInputTable.RemoveOfJob(tx.Db, job.Id, tx.Slice) && !kinds.Of(job).RemovesJob(tx, job))
        {
            TaskSliceTable.RemoveJob(tx.Db, job.Id);
            tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
        }
    }
}
