using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Requests;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>A task that was assigned to a worker.</summary>
/// <param name="Held">The task.</param>
/// <param name="Text">The recipe.</param>
/// <param name="Project">Its project.</param>
internal sealed record AssignedRecipe(HeldRecipe Held, string Text, Project Project);

/// <summary>The outcome of a worker's request for a task.</summary>
internal enum HandoutVerdict
{
    /// <summary>A task was assigned.</summary>
    Assigned,

    /// <summary>No task is available for this worker.</summary>
    NoTask,

    /// <summary>The project is unknown.</summary>
    NoProject,

    /// <summary>The worker is paused.</summary>
    WorkerPaused,

    /// <summary>The project is over its assign rate.</summary>
    OverRate,
}

/// <summary>The result of a worker's request for a task.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Task">The task, if any.</param>
/// <param name="Wait">The time until the next task, when the project is over its rate.</param>
internal readonly record struct HandoutResult(HandoutVerdict Verdict, AssignedRecipe? Task = null, TimeSpan Wait = default);

/// <summary>Hands out tasks of projects (Contracts/TaskTracker/Contract.md section 5.1).</summary>
internal sealed class RecipeHandout(FarmStore store, TaskTransitions transitions, ProjectRates rates, Heartbeats heartbeats)
{
    /// <summary>Assigns the next task of a project to a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="key">The key of the request; null without one.</param>
    /// <exception cref="FarmException">The worker was deleted (forbidden), or the request was carried out before (conflict).</exception>
    public async Task<HandoutResult> NextAsync(FarmWorker worker, long projectId, RequestKey? key = null)
    {
        heartbeats.WorkerSeen(worker.Id);
        var answer = await store.WriteAsync(tx => Next(tx, worker, projectId, key));
        return answer.Held is { } held
            ? new HandoutResult(HandoutVerdict.Assigned, new AssignedRecipe(held, RecipeCommand.Recipe(held.Commands), answer.Project!))
            : new HandoutResult(answer.Verdict, Wait: answer.Wait);
    }

    private Answer Next(WriteTransaction tx, FarmWorker worker, long projectId, RequestKey? key)
    {
        switch (WorkerTable.Status(tx.Db, worker.Id))
        {
            case null: throw new FarmException(ErrorKind.Forbidden, "this worker was deleted");
            case WorkerStatus.Asleep: return new Answer(HandoutVerdict.WorkerPaused);
        }

        if (ProjectTable.ById(tx.Db, projectId) is not { } project) return new Answer(HandoutVerdict.NoProject);
        if (rates.AssignWait(tx, project) is { } wait) return new Answer(HandoutVerdict.OverRate, Wait: wait);
        if (project.Details.IsPaused || !worker.IsApproved || !MayAssign(tx, project, worker.Id) || First(tx.Db, projectId, worker.Id) is not { } id)
            return new Answer(HandoutVerdict.NoTask);
        if (key is not null) RepeatedRequests.Claim(tx, key, $"task {id} for worker {worker.Id}");
        transitions.HandOut(tx, TaskTable.ById(tx.Db, id)!, worker);
        rates.Assigned(tx, project);
        return new Answer(HandoutVerdict.Assigned, RecipeTable.Held(tx.Db, id), project);
    }

    private static bool MayAssign(WriteTransaction tx, Project project, long workerId) => project.Details.Visibility == ProjectVisibility.Public
        || ProjectPermissions.MayAssign(project.Details.Visibility, ProjectAccessTable.Of(tx.Db, project.Id, workerId));

    /// <summary>By priority, then age. The cost does not depend on the number of tasks, or of tasks that the worker has voted on.</summary>
    private static long? First(StoreSession db, long projectId, long workerId)
    {
        for (var below = long.MaxValue; StageTable.ReadyPriorityBelow(db, projectId, RecipeCommand.Type, below) is { } priority; below = priority)
        {
            if (RecipeTable.First(db, projectId, RecipeCommand.Type, priority, workerId) is { } task) return task;
        }

        return null;
    }

    private readonly record struct Answer(HandoutVerdict Verdict, HeldRecipe? Held = null, Project? Project = null, TimeSpan Wait = default);
}
