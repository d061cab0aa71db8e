using System.Text;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Requests;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>The outcome of a submission.</summary>
internal enum SubmitVerdict
{
    /// <summary>The tasks were stored, except duplicates.</summary>
    Stored,

    /// <summary>The project is unknown.</summary>
    NoProject,

    /// <summary>The worker may not submit to the project.</summary>
    NotAllowed,

    /// <summary>The project is over its submit rate.</summary>
    OverRate,
}

/// <summary>The result of a submission.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Skipped">The number of tasks that were skipped because their hash exists.</param>
/// <param name="Wait">The time until the project accepts a task, when it is over its rate.</param>
internal readonly record struct SubmitResult(SubmitVerdict Verdict, int Skipped = 0, TimeSpan Wait = default);

/// <summary>Submits tasks to projects (Contracts/TaskTracker/Contract.md sections 4.2, 5.6 and 5.7).</summary>
internal sealed class RecipeSubmission(
    FarmStore store, ProjectRates rates, Heartbeats heartbeats, IOptionsMonitor<FarmLimits> limits, TimeProvider time)
{
    /// <summary>
    /// Adds tasks to a project in slices, one transaction each, and returns after the last. If the farm stops in between, earlier slices remain.
    /// </summary>
    /// <param name="workerId">The worker that submits.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="recipes">At least one.</param>
    /// <param name="key">The key of the request; null without one.</param>
    /// <exception cref="FarmException">The project was ended, or the request was carried out before (conflict), or is being deleted (not found); or there are too many tasks or one is too long (invalid).</exception>
    public async Task<SubmitResult> SubmitAsync(long workerId, long projectId, IReadOnlyList<NewRecipe> recipes, RequestKey? key = null)
    {
        Check(recipes, limits.CurrentValue.Jobs);
        heartbeats.WorkerSeen(workerId);
        var skipped = 0;
        var isFirst = true;
        var entries = recipes.Select(recipe => (Recipe: recipe, Commands: RecipeCommand.Json(recipe.Text), Uuid: Guid.CreateVersion7(time.GetUtcNow())));
        foreach (var slice in TaskPreparation.Slices(entries, store.Slice, entry => entry.Commands.Length))
        {
            var answer = await store.WriteAsync(tx => Store(tx, workerId, projectId, slice, isFirst, key));
            if (answer.Verdict != SubmitVerdict.Stored) return answer;
            skipped += answer.Skipped;
            isFirst = false;
        }

        return new SubmitResult(SubmitVerdict.Stored, skipped);
    }

    private static void Check(IReadOnlyList<NewRecipe> recipes, JobSizeLimits limits)
    {
        limits.CheckTasks(recipes.Count);
        foreach (var recipe in recipes) limits.CheckTask(recipe.Name, Encoding.UTF8.GetByteCount(recipe.Text));
    }

    private SubmitResult Store(
        WriteTransaction tx, long workerId, long projectId, (NewRecipe Recipe, string Commands, Guid Uuid)[] slice, bool isFirst, RequestKey? key)
    {
        if (ProjectTable.ById(tx.Db, projectId) is not { } project) return new SubmitResult(SubmitVerdict.NoProject);
        if (isFirst)
        {
            // Checked before the rate, so that unauthorized submissions do not use it up.
            if (!ProjectPermissions.MaySubmit(ProjectAccessTable.Of(tx.Db, projectId, workerId))) return new SubmitResult(SubmitVerdict.NotAllowed);
            if (rates.SubmitWait(tx, project) is { } wait) return new SubmitResult(SubmitVerdict.OverRate, Wait: wait);
        }

        var tasks = new OpenJobTasks(tx, JobTable.ById(tx.Db, projectId)!);
        var stored = slice.Count(entry => Add(tx, tasks, projectId, entry.Recipe, entry.Commands, entry.Uuid));
        if (stored > 0)
        {
            tasks.Finish();
            rates.Submitted(tx, project, stored);
            if (key is not null) RepeatedRequests.Claim(tx, key, $"tasks for project {projectId}");
        }

        return new SubmitResult(SubmitVerdict.Stored, slice.Length - stored);
    }

    /// <summary>Adds one task; false when its hash exists.</summary>
    public static bool Add(WriteTransaction tx, OpenJobTasks tasks, long projectId, NewRecipe recipe, string commands, Guid uuid)
    {
        if (recipe.Terms.Hash is { } uniqueHash && RecipeHashTable.Holder(tx.Db, projectId, uniqueHash) is not null) return false;
        var id = tasks.Add(uuid, RecipeCommand.Type, recipe.Priority, recipe.Name, commands);
        RecipeTable.Insert(tx.Db, id, recipe.Terms);
        if (recipe.Terms.Hash is { } hash) RecipeHashTable.Take(tx.Db, projectId, hash, id);
        return true;
    }
}
