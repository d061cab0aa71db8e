using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store;
using Farm.Server.Store.Writing;

namespace Farm.Server.Operations.Jobs;

/// <summary>Removes a job slice by slice: files that it produced and tasks with their logs and attempts first, the job itself last.</summary>
internal static class JobDeletion
{
    /// <summary>Removes the tasks in a range of places; when none is left, the rest of the job.</summary>
    public static void AdvanceSlice(WriteTransaction tx, Job job, long from, long to)
    {
        if (ArtifactRows.RemoveOfJob(tx.Db, job.Id, tx.Slice)) return;
        if (from < job.Tasks.Total)
        {
            MassChangeWork.PublishHolders(tx, job.Id, from, to);
            if (job.StaysOpen) RecipeRows.Remove(tx.Db, job.Id, from, to);
            TaskSliceRows.Remove(tx.Db, job.Id, from, to);
            JobRows.SetMassChangeNext(tx.Db, job.Id, to + 1);
            tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        }
        else if (!TaskSliceRows.RemoveCommandLists(tx.Db, job.Id, tx.Slice) && !JobInputRows.RemoveOfJob(tx.Db, job.Id, tx.Slice)
            && !BatchRows.RemoveOfJob(tx.Db, job.Id, tx.Slice))
        {
            TaskSliceRows.RemoveJob(tx.Db, job.Id);
            tx.Publish(new FarmEvent(FarmEventKind.Job, job.Uuid));
        }
    }
}
