using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Jobs that are projects.</summary>
internal sealed class ProjectKind : JobKind
{
    /// <summary>The name that these jobs bear.</summary>
    public const string JobKind = "task_tracker";

    /// <inheritdoc/>
    public override string Name => JobKind;

    /// <inheritdoc/>
    public override bool Follows(TaskStatus from, TaskStatus to) => RecipeStatusRules.IsAnotherChance(from, to);

    /// <inheritdoc/>
    public override void TasksChanged(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskStatus to) => RecipeReturns.Follow(tx, job.Id, tasks, to);

    /// <inheritdoc/>
    public override void RemovesTasks(WriteTransaction tx, Job job, long from, long to) => RecipeTable.Remove(tx.Db, job.Id, from, to);

    /// <summary>A job that is made later may get the same small integer: nothing leads to it.</summary>
    public override bool RemovesJob(WriteTransaction tx, Job job)
    {
        ProjectTable.RemoveChainsTo(tx.Db, job.Id);
        return false;
    }
}
