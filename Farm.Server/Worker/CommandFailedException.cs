
namespace Farm.Server.Worker;

/// <summary>A command cannot be done, or was done and failed. The message is what the task's people read.</summary>
internal class CommandFailedException(string message) : Exception(message);

/// <summary>A program was run and ended with another exit code than 0.</summary>
internal sealed class ExitCodeException(string message) : CommandFailedException(message);
