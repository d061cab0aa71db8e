using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store;

namespace Farm.Server.Operations.Artifacts;

/// <summary>The fence for everything but reports that a worker sends about a task: only the attempt that holds it may (DESIGN section 1, rule 2).</summary>
internal static class HeldTask
{
    /// <summary>The task, which the worker holds.</summary>
    /// <param name="db">Statements.</param>
    /// <param name="workerId">The worker.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt, where the worker names it.</param>
    /// <exception cref="FarmError">There is no such task, or the worker does not hold it (any more).</exception>
    public static FarmTask Of(Statements db, long workerId, Guid taskUuid, long? attemptId)
    {
        var task = TaskRows.ByUuid(db, taskUuid) ?? throw FarmError.NotFound("no such task");
        return task.IsHeldBy(workerId, attemptId)
            ? task
            : throw FarmError.Conflict("this worker does not hold the task (any more); nothing of it was changed");
    }
}
