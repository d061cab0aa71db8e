using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// What a kind of job adds to what happens to every job. A protocol with jobs of its own kind registers one as a service; its methods run inside the
/// write transaction of what they follow.
/// </summary>
internal abstract class JobKind
{
    /// <summary>The name that its jobs bear in the store; unique, and never changed.</summary>
    public abstract string Name { get; }

    /// <summary>A person is about to change tasks of a job.</summary>
    /// <exception cref="Domain.FarmException">This job takes no such change.</exception>
    public virtual void PersonChangesTasks(WriteTransaction tx, Job job)
    {
    }

    /// <summary>Tasks of a job have changed their status.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="tasks">The tasks as they were.</param>
    /// <param name="to">The status that they have now.</param>
    public virtual void TasksChanged(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskStatus to)
    {
    }

    /// <summary>Whether <see cref="TasksChanged"/> wants to know of a change of status.</summary>
    public virtual bool Follows(TaskStatus from, TaskStatus to) => false;

    /// <summary>A job is about to take a status.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job, with the status that it has.</param>
    /// <param name="to">The status that it takes.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="Domain.FarmException">This job does not take it.</exception>
    public virtual void StatusChanges(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
    }

    /// <summary>Somebody asked to remove a job, which is done in the background from now on.</summary>
    public virtual void DeletionBegins(WriteTransaction tx, Job job)
    {
    }

    /// <summary>The tasks in a range of places of a job are about to be removed.</summary>
    public virtual void RemovesTasks(WriteTransaction tx, Job job, long from, long to)
    {
    }

    /// <summary>
    /// The tasks of a job are gone, and the job is about to be. Removes what else there is of it, at most as much as one transaction may.
    /// </summary>
    /// <returns>Whether something may be left, so that it is called again in another transaction.</returns>
    public virtual bool RemovesJob(WriteTransaction tx, Job job) => false;
}
