using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// Updates finished tasks of a project that are requeued through any protocol (Contracts/TaskTracker/Contract.md section 5.10): resets their
/// retries; a completed or canceled task also loses its votes and takes its hash again, or loses it if it was taken.
/// </summary>
internal static class ReopenedRecipes
{
    /// <summary>Updates tasks after their status changed.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="jobId">The project.</param>
    /// <param name="tasks">The tasks before the change.</param>
    /// <param name="to">Their new status.</param>
    public static void Update(WriteTransaction tx, long jobId, IReadOnlyList<TaskRef> tasks, TaskStatus to)
    {
        var isReopened = RecipeStatusRules.IsReopened(tasks[0].Status, to);
        foreach (var task in RecipeTable.Finished(tx.Db, tasks)) Update(tx, jobId, task, to, isReopened);
    }

    private static void Update(WriteTransaction tx, long jobId, FinishedRecipe task, TaskStatus to, bool isReopened)
    {
        RecipeTable.SetRetries(tx.Db, task.TaskId, 0);
        if (!isReopened) return;
        RecipeVoteTable.Forget(tx.Db, task.TaskId);
        StageTable.MoveTask(tx.Db, task.TaskId, to, task.StageId, StageTable.WithVoters(tx.Db, task.StageId, ""));
        if (task.Hash is not { } hash) return;
        // The task is already present again and may still be the last holder of the hash.
        if (RecipeHashTable.Holder(tx.Db, jobId, hash) is { } holder && holder != task.TaskId) RecipeTable.ForgetHash(tx.Db, task.TaskId);
        else RecipeHashTable.Take(tx.Db, jobId, hash, task.TaskId);
    }
}
