using Farm.Server.Domain;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Artifacts;

/// <summary>Serves workers the input files that the commands of their task name by hash.</summary>
internal sealed class TaskInputs(FarmStore store, ContentStore contents)
{
    /// <summary>Opens a file for the worker that holds a task.</summary>
    /// <param name="workerId">The worker.</param>
    /// <param name="task">The task.</param>
    /// <param name="attemptId">The attempt, if the worker names it.</param>
    /// <param name="sha256">The hash, as in the task's commands.</param>
    /// <exception cref="FarmException">The worker does not hold the task (conflict), or the task does not name this hash (not found).</exception>
    public FileStream Open(long workerId, Guid task, long? attemptId, string sha256)
    {
        var isNamed = store.Read(db =>
        {
            var held = HeldTask.Of(db, workerId, task, attemptId);
            return ContentStore.IsHash(sha256) && CommandListTable.Contains(db, held.Id, sha256);
        });
        return isNamed ? contents.Open(sha256) : throw FarmException.NotFound("no such file among the inputs of this task");
    }
}
