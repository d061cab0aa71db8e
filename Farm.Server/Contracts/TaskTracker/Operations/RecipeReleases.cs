using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Requests;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>The outcome of a release.</summary>
internal enum ReleaseVerdict
{
    /// <summary>The task was closed, failed or requeued.</summary>
    Updated,

    /// <summary>The vote was counted; the task needs more verifications.</summary>
    AwaitsOthers,

    /// <summary>The task is not assigned to the worker.</summary>
    NotAssigned,
}

/// <summary>Releases tasks of projects (Contracts/TaskTracker/Contract.md sections 5.2 and 5.3).</summary>
internal sealed class RecipeReleases(
    FarmStore store, TaskTransitions transitions, TaskRequeue requeue, Heartbeats heartbeats, TimeProvider time, ILogger<RecipeReleases> log)
{
    /// <summary>Releases a task.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="result">The worker's result.</param>
    /// <param name="verification">A hash of the output, compared with that of other workers.</param>
    /// <param name="key">The key of the request; null without one.</param>
    /// <exception cref="FarmException">The request was carried out before (conflict).</exception>
    public Task<ReleaseVerdict> ReleaseAsync(long workerId, long taskId, ReleaseResult result, long verification, RequestKey? key = null)
    {
        heartbeats.WorkerSeen(workerId);
        var copy = Guid.CreateVersion7(time.GetUtcNow());
        return store.WriteAsync(tx =>
        {
            if (TaskTable.ById(tx.Db, taskId) is not { Status: TaskStatus.Active } task || task.WorkerId != workerId) return ReleaseVerdict.NotAssigned;
            if (RecipeTable.Find(tx.Db, taskId) is not { } recipe) return ReleaseVerdict.NotAssigned;
            var decision = ReleaseRules.Decide(result, recipe, () => Vote(tx, taskId, workerId, verification));
            if (key is not null) RepeatedRequests.Claim(tx, key, $"release of task {taskId}");
            Apply(tx, task, recipe, decision, copy);
            TaskMetrics.Updated(tx, ReportVerdict.Accepted);
            return decision == ReleaseDecision.AwaitOthers ? ReleaseVerdict.AwaitsOthers : ReleaseVerdict.Updated;
        });
    }

    private static long Vote(WriteTransaction tx, long taskId, long workerId, long verification)
    {
        RecipeVoteTable.Set(tx.Db, taskId, workerId, verification);
        return RecipeVoteTable.Agreeing(tx.Db, taskId, verification);
    }

    private void Apply(WriteTransaction tx, FarmTask task, Recipe recipe, ReleaseDecision decision, Guid copy)
    {
        switch (decision)
        {
            case ReleaseDecision.Close:
                Close(tx, task, recipe, copy);
                break;
            case ReleaseDecision.AwaitOthers:
                var stage = StageTable.WithVoters(tx.Db, task.StageId, RecipeVoteTable.Voters(tx.Db, task.Id));
                StageTable.MoveTask(tx.Db, task.Id, task.Status, task.StageId, stage);
                requeue.One(tx, task with { StageId = stage }, TaskCause.Done, $"Done; needs the same result from {recipe.Terms.VerificationCount} workers");
                break;
            case ReleaseDecision.Fail:
                RecipeTable.SetRetries(tx.Db, task.Id, recipe.Retries + 1);
                transitions.Apply(tx, task, new TaskChange(TaskStatus.Failed, TaskCause.Failure) { Reason = Failure(recipe, "Task failed for good") });
                break;
            case ReleaseDecision.Retry:
                RecipeTable.SetRetries(tx.Db, task.Id, recipe.Retries + 1);
                requeue.One(tx, task, TaskCause.Failure, Failure(recipe, "Task failed and will be retried"));
                break;
            default:
                requeue.One(tx, task, TaskCause.WorkerLeft, "Skipped by the worker");
                break;
        }
    }

    private static string Failure(Recipe recipe, string what) => $"{what}: failure {recipe.Retries + 1} of at most {Math.Max(1, recipe.Terms.MaxRetries)}";

    private void Close(WriteTransaction tx, FarmTask task, Recipe recipe, Guid copy)
    {
        var held = RecipeTable.Held(tx.Db, task.Id)!;
        if (recipe.Terms.VerificationCount > 1) RecipeVoteTable.Forget(tx.Db, task.Id);
        transitions.Apply(tx, task, new TaskChange(TaskStatus.Completed, TaskCause.Done) { Activity = "Closed" });
        ProjectTable.CountClosed(tx.Db, task.JobId);
        TrackerWorkerTable.CountClosed(tx.Db, task.WorkerId!.Value);
        if (ProjectTable.ById(tx.Db, task.JobId)?.Details.Chain is { } chain) Chain(tx, chain, held, copy);
    }

    /// <summary>Copies a closed task to the chained project, unless that was deleted or ended.</summary>
    private void Chain(WriteTransaction tx, long chain, HeldRecipe held, Guid copy)
    {
        if (ProjectTable.ById(tx.Db, chain) is not { } project || JobTable.ById(tx.Db, chain) is not { } job) return;
        if (OpenJobRules.NewTaskStatus(job.Status) is null)
        {
            var name = project.Details.Name;
            tx.AfterCommit(() => log.LogWarning("Project {Name} was ended and gets no more tasks from the project chained to it; requeue it to reopen it", name));
            return;
        }

        var tasks = new OpenJobTasks(tx, job);
        var recipe = new NewRecipe(RecipeCommand.Recipe(held.Commands), held.Priority, held.Recipe.Terms);
        if (RecipeSubmission.Add(tx, tasks, chain, recipe, held.Commands, copy)) tasks.Finish();
    }
}
