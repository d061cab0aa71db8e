using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>A task of a project that was over and is about to be given another chance.</summary>
/// <param name="Task">The task as it was.</param>
/// <param name="From">The status that it had.</param>
/// <param name="To">The status that it gets.</param>
internal readonly record struct RecipeReturn(FinishedRecipe Task, TaskStatus From, TaskStatus To);

/// <summary>
/// What follows when a task of a project that was over comes back, whoever wants that (Contracts/TaskTracker/Contract.md section 5.10): its failures are
/// forgotten; one that was completed or canceled takes its hash back, or goes without when that is taken, and is verified anew.
/// </summary>
internal static class RecipeReturns
{
    /// <summary>Follows the change of one task, which has its new status.</summary>
    public static void Follow(WriteTransaction tx, FarmTask before, TaskStatus to)
    {
        if (!RecipeStatusRules.IsAnotherChance(before.Status, to) || RecipeTable.Find(tx.Db, before.Id) is not { } recipe) return;
        Follow(tx, before.JobId, new RecipeReturn(new FinishedRecipe(before.Id, before.StageId, recipe.Terms.Hash), before.Status, to));
    }

    /// <summary>The tasks in a range of places of a job that a change gives another chance; asked before they change.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="from">The first place.</param>
    /// <param name="to">The last place.</param>
    /// <param name="statuses">Those that tasks there have.</param>
    /// <param name="rule">What a task becomes by its status.</param>
    public static List<RecipeReturn> OfSlice(
        WriteTransaction tx, long jobId, long from, long to, IEnumerable<TaskStatus> statuses, Func<TaskStatus, TaskStatus?> rule)
    {
        var returns = new List<RecipeReturn>();
        foreach (var status in statuses)
        {
            if (rule(status) is not { } becomes || !RecipeStatusRules.IsAnotherChance(status, becomes)) continue;
            returns.AddRange(RecipeTable.InSlice(tx.Db, jobId, from, to, status).Select(task => new RecipeReturn(task, status, becomes)));
        }

        return returns;
    }

    /// <summary>Follows the change of one task of a slice, which has its new status.</summary>
    public static void Follow(WriteTransaction tx, long jobId, RecipeReturn back)
    {
        var (task, from, to) = back;
        RecipeTable.SetRetries(tx.Db, task.TaskId, 0);
        if (!RecipeStatusRules.ComesBack(from, to)) return;
        RecipeVoteTable.Forget(tx.Db, task.TaskId);
        StageTable.MoveTask(tx.Db, task.TaskId, to, task.StageId, StageTable.WithVoters(tx.Db, task.StageId, ""));
        if (task.Hash is not { } hash) return;
        // The task itself is present by now and may still be the one that took the hash last.
        if (RecipeHashTable.Holder(tx.Db, jobId, hash) is { } holder && holder != task.TaskId) RecipeTable.ForgetHash(tx.Db, task.TaskId);
        else RecipeHashTable.Take(tx.Db, jobId, hash, task.TaskId);
    }
}
