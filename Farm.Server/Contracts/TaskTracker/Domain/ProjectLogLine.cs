namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A project log line (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Level">Its level.</param>
/// <param name="Time">Unix seconds, as sent by its author.</param>
/// <param name="Message">The message.</param>
/// <param name="Data">A JSON object as text.</param>
internal sealed record ProjectLogLine(ProjectLogLevel Level, long Time, string Message, string Data);
