using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Artifacts;

/// <summary>Checks everything except reports that a worker sends about a task: only the attempt that holds the task may send it (Docs/design.md section 1, rule 2).</summary>
internal static class HeldTask
{
    /// <summary>The task, after checking that the worker holds it.</summary>
    /// <param name="db">The session.</param>
    /// <param name="workerId">The worker.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt, if the worker names it.</param>
    /// <exception cref="FarmException">The task does not exist, or the worker does not hold it (any more).</exception>
    public static FarmTask Of(StoreSession db, long workerId, Guid taskUuid, long? attemptId)
    {
        var task = TaskTable.ByUuid(db, taskUuid) ?? throw FarmException.NotFound("no such task");
        return task.IsHeldBy(workerId, attemptId)
            ? task
            : throw FarmException.Conflict("this worker does not hold the task (any more); nothing was changed");
    }
}
