using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Jobs;

/// <summary>Removes a job slice by slice: files that it produced and tasks with their logs and attempts first, the job itself last.</summary>
internal static class JobDeletion
{
    /// <summary>Removes the tasks in a range of places; when none is left, the rest of the job.</summary>
    public static void RunSlice(WriteTransaction tx, Job job, long from, long to)
    {
        if (ArtifactTable.RemoveOfJob(tx.Db, job.Id, tx.Slice)) return;
        if (from < job.Tasks.Total)
        {
            BulkUpdates.PublishHolders(tx, job.Id, from, to);
            if (job.StaysOpen) RecipeTable.Remove(tx.Db, job.Id, from, to);
            TaskSliceTable.Remove(tx.Db, job.Id, from, to);
            JobTable.SetBulkUpdateNext(tx.Db, job.Id, to + 1);
            tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        }
        else if (!TaskSliceTable.RemoveCommandLists(tx.Db, job.Id, tx.Slice) && !JobInputTable.RemoveOfJob(tx.Db, job.Id, tx.Slice)
            && !BatchTable.RemoveOfJob(tx.Db, job.Id, tx.Slice))
        {
            TaskSliceTable.RemoveJob(tx.Db, job.Id);
            tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
        }
    }
}
