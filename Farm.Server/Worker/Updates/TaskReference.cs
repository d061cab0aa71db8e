namespace Farm.Server.Worker.Updates;

/// <summary>A task and, if the manager sent it, the id of its attempt.</summary>
internal sealed record TaskReference(string TaskId, string? Attempt);
