using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// Extends the handling of one kind of job. A protocol with its own kind of job registers one as a service. The methods run inside the write
/// transaction of the change.
/// </summary>
internal abstract class JobKind
{
    /// <summary>The name of the kind in the store; unique and never changed.</summary>
    public abstract string Name { get; }

    /// <summary>A person is about to change tasks of a job.</summary>
    /// <exception cref="Domain.FarmException">The job does not allow this change.</exception>
    public virtual void PersonChangesTasks(WriteTransaction tx, Job job)
    {
    }

    /// <summary>The status of tasks has changed.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="tasks">The tasks before the change.</param>
    /// <param name="to">The new status.</param>
    public virtual void TasksChanged(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskStatus to)
    {
    }

    /// <summary>Whether <see cref="TasksChanged"/> is called for a change of status.</summary>
    public virtual bool Follows(TaskStatus from, TaskStatus to) => false;

    /// <summary>The status of a job is about to change.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job before the change.</param>
    /// <param name="to">The new status.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="Domain.FarmException">The job does not allow this status.</exception>
    public virtual void StatusChanges(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
    }

    /// <summary>The deletion of a job was requested; it runs in the background from now on.</summary>
    public virtual void DeletionBegins(WriteTransaction tx, Job job)
    {
    }

    /// <summary>The tasks in a range of indexes of a job are about to be removed.</summary>
    public virtual void RemovesTasks(WriteTransaction tx, Job job, long from, long to)
    {
    }

    /// <summary>
    /// Called after the tasks of a job are removed and before the job is. Removes other data of the job, at most as much as fits into one transaction.
    /// </summary>
    /// <returns>Whether data may be left, so that it must be called again in another transaction.</returns>
    public virtual bool RemovesJob(WriteTransaction tx, Job job) => false;
}
