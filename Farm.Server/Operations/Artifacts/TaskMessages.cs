using Farm.Server.Domain;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Artifacts;

/// <summary>Messages that a worker sends before it fails a task. People see them after the failure.</summary>
internal sealed class TaskMessages(FarmStore store)
{
    /// <summary>Maximum total length of the messages of an attempt, in characters.</summary>
    public const int MaxCharacters = 1024 * 1024;

    private const int MaxMessages = 10_000;

    /// <summary>Stores the messages of an attempt, replacing earlier ones.</summary>
    /// <param name="workerId">The worker that sends them.</param>
    /// <param name="task">The task.</param>
    /// <param name="attemptId">The attempt, if the worker names it.</param>
    /// <param name="messages">The texts, in display order.</param>
    /// <exception cref="FarmException">They are too long (too large), or the worker does not hold the task (conflict).</exception>
    public Task SetAsync(long workerId, Guid task, long? attemptId, IReadOnlyList<string> messages)
    {
        if (messages.Count > MaxMessages || messages.Sum(message => (long)message.Length) > MaxCharacters)
            throw new FarmException(ErrorKind.TooLarge, $"the messages are too long; the limit is {MaxCharacters} characters in {MaxMessages} messages");
        return store.WriteAsync(tx =>
        {
            var held = HeldTask.Of(tx.Db, workerId, task, attemptId);
            TaskMessageTable.Set(tx.Db, held.Id, held.AttemptId!.Value, messages);
        });
    }
}
