namespace Farm.Server.Worker.Updates;

/// <summary>The task that a report is about, and the hand-out of it if the manager named one.</summary>
internal sealed record TaskReference(string TaskId, string? Attempt);
