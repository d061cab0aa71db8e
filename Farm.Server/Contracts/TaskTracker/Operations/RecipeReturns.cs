using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// What follows when tasks of a project that were over come back, whoever wants that (Contracts/TaskTracker/Contract.md section 5.10): their failures are
/// forgotten; one that was completed or canceled takes its hash back, or goes without when that is taken, and is verified anew.
/// </summary>
internal static class RecipeReturns
{
    /// <summary>Follows a change that gave tasks another chance; they have their new status.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="jobId">The project.</param>
    /// <param name="tasks">The tasks as they were.</param>
    /// <param name="to">The status that they have now.</param>
    public static void Follow(WriteTransaction tx, long jobId, IReadOnlyList<TaskRef> tasks, TaskStatus to)
    {
        var comesBack = RecipeStatusRules.ComesBack(tasks[0].Status, to);
        foreach (var task in RecipeTable.Finished(tx.Db, tasks)) Follow(tx, jobId, task, to, comesBack);
    }

    private static void Follow(WriteTransaction tx, long jobId, FinishedRecipe task, TaskStatus to, bool comesBack)
    {
        RecipeTable.SetRetries(tx.Db, task.TaskId, 0);
        if (!comesBack) return;
        RecipeVoteTable.Forget(tx.Db, task.TaskId);
        StageTable.MoveTask(tx.Db, task.TaskId, to, task.StageId, StageTable.WithVoters(tx.Db, task.StageId, ""));
        if (task.Hash is not { } hash) return;
        // The task itself is present by now and may still be the one that took the hash last.
        if (RecipeHashTable.Holder(tx.Db, jobId, hash) is { } holder && holder != task.TaskId) RecipeTable.ForgetHash(tx.Db, task.TaskId);
        else RecipeHashTable.Take(tx.Db, jobId, hash, task.TaskId);
    }
}
