namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>A line of the projects' log (Contracts/TaskTracker/Contract.md section 3).</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Time">Unix seconds, as its writer says.</param>
/// <param name="Message">What happened.</param>
/// <param name="Data">A JSON object as text.</param>
internal sealed record ProjectLogLine(ProjectLogLevel Level, long Time, string Message, string Data);
