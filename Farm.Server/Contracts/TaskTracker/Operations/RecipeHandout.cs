using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>A task in the hands of a worker.</summary>
/// <param name="Held">The task.</param>
/// <param name="Text">The recipe.</param>
/// <param name="Project">Its project.</param>
internal sealed record AssignedRecipe(HeldRecipe Held, string Text, Project Project);

/// <summary>What became of a worker's wish for a task.</summary>
internal enum HandoutVerdict
{
    /// <summary>It has one.</summary>
    Assigned,

    /// <summary>There is none that it may have.</summary>
    NoTask,

    /// <summary>There is no such project.</summary>
    NoProject,

    /// <summary>The worker is paused.</summary>
    WorkerPaused,

    /// <summary>The project hands out no more for the moment.</summary>
    OverRate,
}

/// <summary>The answer to a worker that wishes for a task.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Task">The task, if there is one.</param>
/// <param name="Wait">How long until the project hands out a task, when it is over its rate.</param>
internal readonly record struct HandoutAnswer(HandoutVerdict Verdict, AssignedRecipe? Task = null, TimeSpan Wait = default);

/// <summary>Hands out tasks of projects (Contracts/TaskTracker/Contract.md section 5.1).</summary>
internal sealed class RecipeHandout(FarmStore store, TaskTransitions transitions, ProjectRates rates, Heartbeats heartbeats)
{
    /// <summary>Gives a worker the best task of a project that it may have.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="projectId">The project.</param>
    /// <exception cref="FarmException">The worker was removed (forbidden).</exception>
    public async Task<HandoutAnswer> NextAsync(FarmWorker worker, long projectId)
    {
        heartbeats.WorkerSeen(worker.Id);
        var answer = await store.WriteAsync(tx => Next(tx, worker, projectId));
        return answer.Held is { } held
            ? new HandoutAnswer(HandoutVerdict.Assigned, new AssignedRecipe(held, RecipeCommand.Recipe(held.Commands), answer.Project!))
            : new HandoutAnswer(answer.Verdict, Wait: answer.Wait);
    }

    private Answer Next(WriteTransaction tx, FarmWorker worker, long projectId)
    {
        switch (WorkerTable.Status(tx.Db, worker.Id))
        {
            case null: throw new FarmException(ErrorKind.Forbidden, "this worker was removed");
            case WorkerStatus.Asleep: return new Answer(HandoutVerdict.WorkerPaused);
        }

        if (ProjectTable.ById(tx.Db, projectId) is not { } project) return new Answer(HandoutVerdict.NoProject);
        if (rates.AssignWait(project) is { } wait) return new Answer(HandoutVerdict.OverRate, Wait: wait);
        if (project.Details.IsPaused || !MayAssign(tx, project, worker.Id) || First(tx.Db, projectId, worker.Id) is not { } id)
            return new Answer(HandoutVerdict.NoTask);
        transitions.HandOut(tx, TaskTable.ById(tx.Db, id)!, worker.Id, worker.Name, worker.Uuid);
        rates.Assigned(project);
        return new Answer(HandoutVerdict.Assigned, RecipeTable.Held(tx.Db, id), project);
    }

    private static bool MayAssign(WriteTransaction tx, Project project, long workerId) => project.Details.Visibility == ProjectVisibility.Public
        || ProjectPermissions.MayAssign(project.Details.Visibility, ProjectAccessTable.Of(tx.Db, project.Id, workerId));

    /// <summary>By priority and then age; the number of tasks, and of those on which the worker voted, does not matter.</summary>
    private static long? First(SqliteSession db, long projectId, long workerId)
    {
        for (var below = long.MaxValue; StageTable.ReadyPriorityBelow(db, projectId, RecipeCommand.Type, below) is { } priority; below = priority)
        {
            if (RecipeTable.First(db, projectId, RecipeCommand.Type, priority, workerId) is { } task) return task;
        }

        return null;
    }

    private readonly record struct Answer(HandoutVerdict Verdict, HeldRecipe? Held = null, Project? Project = null, TimeSpan Wait = default);
}
