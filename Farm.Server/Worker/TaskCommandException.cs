
namespace Farm.Server.Worker;

/// <summary>A command failed. The message is shown as the task's activity and in its log.</summary>
internal class TaskCommandException(string message) : Exception(message);

/// <summary>A program ended with an exit code other than 0.</summary>
internal sealed class ExitCodeException(string message) : TaskCommandException(message);
