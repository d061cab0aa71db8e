using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>Changes the tasks in a range of places of a job, each by its status. The status of the job is left to the caller.</summary>
internal sealed class TaskSlices(TaskChanges changes)
{
    /// <summary>The tasks follow their job.</summary>
    public void FollowJob(WriteTransaction tx, Job job, long from, long to, BulkUpdate update)
    {
        var reason = $"Job is {job.Status.Name()}";
        Apply(tx, job, from, to, status => update.TaskBecomes(status) is { } becomes
            ? new TaskChange(becomes, TaskCause.Job) { Activity = reason, Reason = reason }
            : null);
    }

    /// <summary>Changes the tasks in a range of places.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="from">The first place.</param>
    /// <param name="to">The last place.</param>
    /// <param name="rule">How a task changes by its status; null when it is left alone.</param>
    public void Apply(WriteTransaction tx, Job job, long from, long to, Func<TaskStatus, TaskChange?> rule)
    {
        foreach (var group in TaskSliceTable.Tasks(tx.Db, job.Id, from, to).GroupBy(task => task.Status))
        {
            if (rule(group.Key) is { } change) changes.Apply(tx, job, [.. group], change);
        }
    }
}
