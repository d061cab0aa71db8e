using Farm.Server.Domain;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Artifacts;

/// <summary>The fence for everything but reports that a worker sends about a task: only the attempt that holds it may (Docs/design.md section 1, rule 2).</summary>
internal static class HeldTask
{
    /// <summary>The task, which the worker holds.</summary>
    /// <param name="db">SqliteSession.</param>
    /// <param name="workerId">The worker.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt, where the worker names it.</param>
    /// <exception cref="FarmException">There is no such task, or the worker does not hold it (any more).</exception>
    public static FarmTask Of(SqliteSession db, long workerId, Guid taskUuid, long? attemptId)
    {
        var task = TaskTable.ByUuid(db, taskUuid) ?? throw FarmException.NotFound("no such task");
        return task.IsHeldBy(workerId, attemptId)
            ? task
            : throw FarmException.Conflict("this worker does not hold the task (any more); nothing of it was changed");
    }
}
