using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Jobs that are projects.</summary>
internal sealed class ProjectKind : JobKind
{
    /// <summary>The name of this kind of job.</summary>
    public const string JobKind = "task_tracker";

    /// <inheritdoc/>
    public override string Name => JobKind;

    /// <inheritdoc/>
    public override bool Follows(TaskStatus from, TaskStatus to) => RecipeStatusRules.ResetsRetries(from, to);

    /// <inheritdoc/>
    public override void TasksChanged(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskStatus to) => ReopenedRecipes.Update(tx, job.Id, tasks, to);

    /// <inheritdoc/>
    public override void RemovesTasks(WriteTransaction tx, Job job, long from, long to) => RecipeTable.Remove(tx.Db, job.Id, from, to);

    /// <summary>Removes chains to the project, as a later job may get the same integer id.</summary>
    public override bool RemovesJob(WriteTransaction tx, Job job)
    {
        ProjectTable.RemoveChainsTo(tx.Db, job.Id);
        return false;
    }
}
