namespace Farm.Server.BuiltInWorker.Commands;

/// <summary>A command cannot be done, or was done and failed. The message is what the task's people read.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
