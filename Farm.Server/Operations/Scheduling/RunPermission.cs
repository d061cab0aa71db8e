using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The answer to a worker that asks whether it may keep running a task.</summary>
/// <param name="MayKeepRunning">Whether it may keep running.</param>
/// <param name="Reason">Why not; empty if it may.</param>
/// <param name="StatusChangeRequested">Whether it must change its status immediately.</param>
internal readonly record struct RunAnswer(bool MayKeepRunning, string Reason, bool StatusChangeRequested);

/// <summary>Decides whether workers may keep running a task (Contracts/Flamenco/Contract.md section 3.8).</summary>
internal sealed class RunPermission(FarmStore store, Heartbeats heartbeats)
{
    /// <summary>Whether a worker may keep running a task. If so, this counts as a heartbeat of the task.</summary>
    /// <param name="workerId">The worker that asks.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt, if the worker names it.</param>
    public RunAnswer MayKeepRunning(long workerId, Guid taskUuid, long? attemptId)
    {
        var (worker, task) = store.Read(db => (WorkerTable.ById(db, workerId), TaskTable.ByUuid(db, taskUuid)));
        var answer = Answer(worker, task, attemptId);
        if (answer.MayKeepRunning) heartbeats.TaskTouched(task!.Id);
        return answer;
    }

    private static RunAnswer Answer(FarmWorker? worker, FarmTask? task, long? attemptId)
    {
        if (task is null) return No("Task not found");
        if (worker?.Request is { Lazy: false } request)
            return No($"worker was asked to become \"{request.Status.Name()}\"") with { StatusChangeRequested = true };
        if (task.WorkerId != worker?.Id || (task.AttemptId is { } current && attemptId is { } named && current != named))
            return No("task is not assigned to this worker");
        return task.Status == TaskStatus.Active
            ? new RunAnswer(true, "", false)
            : No($"task is in non-runnable status \"{task.Status.Name()}\"");
    }

    private static RunAnswer No(string reason) => new(false, reason, false);
}
