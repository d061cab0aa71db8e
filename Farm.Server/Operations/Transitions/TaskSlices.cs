using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>Changes the tasks in a range of indexes of a job, depending on their status. The caller updates the status of the job.</summary>
internal sealed class TaskSlices(TaskChanges changes)
{
    /// <summary>Changes the tasks as the bulk update of their job requires. Their rows in other tables are removed before, because they may be many.</summary>
    /// <returns>False if the time of the transaction is up before all are changed.</returns>
    public bool FollowJob(WriteTransaction tx, Job job, long from, long to, BulkUpdate update)
    {
        if (update.ForgetsFailures() && !tx.Repeat(rows => FailureTable.Forget(tx.Db, job.Id, from, to, rows))) return false;
        foreach (var status in Enum.GetValues<TaskStatus>())
        {
            if (update.TaskBecomes(status) is not { } becomes || !TaskEffects.Of(status, becomes, TaskCause.Job).RemovesFiles) continue;
            if (!tx.Repeat(rows => ArtifactTable.RemoveOfTasks(tx.Db, job.Id, from, to, status, rows))) return false;
        }

        var reason = $"Job is {job.Status.Name()}";
        Apply(tx, job, from, to, status => update.TaskBecomes(status) is { } becomes
            ? new TaskChange(becomes, TaskCause.Job) { Activity = reason, Reason = reason }
            : null);
        return true;
    }

    /// <summary>Changes the tasks in a range of indexes.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="from">The first index.</param>
    /// <param name="to">The last index.</param>
    /// <param name="rule">The change for a status; null for none.</param>
    public void Apply(WriteTransaction tx, Job job, long from, long to, Func<TaskStatus, TaskChange?> rule)
    {
        foreach (var group in TaskSliceTable.Tasks(tx.Db, job.Id, from, to).GroupBy(task => task.Status))
        {
            if (rule(group.Key) is { } change) changes.Apply(tx, job, [.. group], change);
        }
    }
}
