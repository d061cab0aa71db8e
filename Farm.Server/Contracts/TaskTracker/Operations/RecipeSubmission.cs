using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>What became of a submission.</summary>
internal enum SubmitVerdict
{
    /// <summary>All but those that are there already were stored.</summary>
    Stored,

    /// <summary>There is no such project.</summary>
    NoProject,

    /// <summary>The worker may not submit to it.</summary>
    NotAllowed,

    /// <summary>The project takes no more for the moment.</summary>
    OverRate,
}

/// <summary>The answer to a submission.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Skipped">How many tasks were not stored because one with their hash is there.</param>
/// <param name="Wait">How long until the project takes a task, when it is over its rate.</param>
internal readonly record struct SubmitAnswer(SubmitVerdict Verdict, int Skipped = 0, TimeSpan Wait = default);

/// <summary>Takes tasks for projects (Contracts/TaskTracker/Contract.md sections 4.2, 5.6 and 5.7).</summary>
internal sealed class RecipeSubmission(FarmStore store, ProjectRates rates, Heartbeats heartbeats, TimeProvider time)
{
    /// <summary>
    /// Adds tasks to a project, up to a slice of them in one transaction. Of more, slice after slice with other writers in between, and the answer
    /// comes after the last; if the farm ends in between, what was written before stays.
    /// </summary>
    /// <param name="workerId">The worker that submits.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="recipes">At least one.</param>
    /// <exception cref="FarmException">People ended the project (conflict), or it is being deleted (not found).</exception>
    public async Task<SubmitAnswer> SubmitAsync(long workerId, long projectId, IReadOnlyList<NewRecipe> recipes)
    {
        heartbeats.WorkerSeen(workerId);
        var skipped = 0;
        for (var first = 0; first < recipes.Count; first += store.Slice)
        {
            var isFirst = first == 0;
            var slice = new (NewRecipe Recipe, string Commands, Guid Uuid)[Math.Min(store.Slice, recipes.Count - first)];
            for (var i = 0; i < slice.Length; i++)
                slice[i] = (recipes[first + i], RecipeCommand.Json(recipes[first + i].Text), Guid.CreateVersion7(time.GetUtcNow()));
            var answer = await store.WriteAsync(tx => Store(tx, workerId, projectId, slice, isFirst));
            if (answer.Verdict != SubmitVerdict.Stored) return answer;
            skipped += answer.Skipped;
        }

        return new SubmitAnswer(SubmitVerdict.Stored, skipped);
    }

    private SubmitAnswer Store(
        WriteTransaction tx, long workerId, long projectId, (NewRecipe Recipe, string Commands, Guid Uuid)[] slice, bool isFirst)
    {
        if (ProjectTable.ById(tx.Db, projectId) is not { } project) return new SubmitAnswer(SubmitVerdict.NoProject);
        if (isFirst)
        {
            // Before the rate is looked at: whoever may not submit must not use it up.
            if (!ProjectPermissions.MaySubmit(ProjectAccessTable.Of(tx.Db, projectId, workerId))) return new SubmitAnswer(SubmitVerdict.NotAllowed);
            if (rates.SubmitWait(project) is { } wait) return new SubmitAnswer(SubmitVerdict.OverRate, Wait: wait);
        }

        var tasks = new OpenJobTasks(tx, JobTable.ById(tx.Db, projectId)!);
        var stored = slice.Count(entry => Add(tx, tasks, projectId, entry.Recipe, entry.Commands, entry.Uuid));
        if (stored > 0)
        {
            tasks.Finish();
            rates.Submitted(project, stored);
        }

        return new SubmitAnswer(SubmitVerdict.Stored, slice.Length - stored);
    }

    /// <summary>Adds one task to those that are added to a project; false when one with its hash is there.</summary>
    public static bool Add(WriteTransaction tx, OpenJobTasks tasks, long projectId, NewRecipe recipe, string commands, Guid uuid)
    {
        if (recipe.Terms.Hash is { } wanted && RecipeHashTable.Holder(tx.Db, projectId, wanted) is not null) return false;
        var id = tasks.Add(uuid, RecipeCommand.Type, recipe.Priority, recipe.Name, commands);
        RecipeTable.Insert(tx.Db, id, recipe.Terms);
        if (recipe.Terms.Hash is { } hash) RecipeHashTable.Take(tx.Db, projectId, hash, id);
        return true;
    }
}
