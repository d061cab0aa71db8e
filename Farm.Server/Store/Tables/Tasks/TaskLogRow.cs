namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Text to append to the log of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="AttemptId">The attempt that wrote it; null for the farm.</param>
/// <param name="Text">The text.</param>
/// <param name="Part">Its number in the attempt; null where the worker does not number the parts of its log.</param>
internal readonly record struct TaskLogRow(long TaskId, long? AttemptId, string Text, long? Part = null);
