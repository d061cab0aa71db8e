namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Text to append to the log of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="AttemptId">The attempt that wrote it; null for the farm.</param>
/// <param name="Text">The text.</param>
internal readonly record struct TaskLogRow(long TaskId, long? AttemptId, string Text);
